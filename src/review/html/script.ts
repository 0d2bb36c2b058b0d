/** What moves through the steps; it sets texts and attributes only, and never markup. */
export const SCRIPT = `
(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('js');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const toggle = document.querySelector('.theme');
  const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const label = () => { toggle.textContent = isDark() ? 'Light' : 'Dark'; toggle.setAttribute('aria-label', 'Use the ' + (isDark() ? 'light' : 'dark') + ' theme'); };
  toggle.hidden = false;
  toggle.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; label(); });
  dark.addEventListener('change', label);
  label();

  const TITLES = { before: 'Base', after: 'With the patch' };
  function start(player) {
    const data = JSON.parse(player.querySelector('script').textContent);
    const section = player.closest('section');
    const range = player.querySelector('input');
    const live = player.querySelector('.live');
    const count = player.querySelector('.count');
    const last = data.rows.length - 1;
    let at = data.start;
    const words = (each, name) => {
      const line = section.querySelector('tr[data-row="' + at + '"]');
      return line.children[each === 'before' ? 1 : 2].querySelector(name)?.textContent ?? '';
    };
    function side(panel, frame) {
      const each = panel.dataset.side;
      panel.querySelector('.what').textContent = frame.idle ?? words(each, '.what');
      panel.querySelector('.source .text').textContent = words(each, '.text');
      panel.querySelector('.source .place').textContent = words(each, '.place');
      panel.classList.toggle('idle', frame.idle !== undefined);
      frame.n.forEach(([state, note, hot], index) => {
        const node = panel.querySelector('[data-n="' + index + '"]');
        node.dataset.s = data.states[state];
        node.querySelector('.note').textContent = note;
        node.classList.toggle('hot', hot === 1);
      });
      frame.l.forEach(([state, hot], index) => {
        const line = panel.querySelector('[data-l="' + index + '"]');
        line.dataset.s = data.lines[state];
        line.classList.toggle('hot', hot === 1);
      });
      panel.querySelector('svg').setAttribute('aria-label', TITLES[panel.dataset.side] + ': ' + frame.alt);
    }
    function show(next, tell) {
      at = Math.max(0, Math.min(last, next));
      const row = data.rows[at];
      for (const panel of player.querySelectorAll('.panel')) side(panel, row[panel.dataset.side]);
      range.value = at + 1;
      count.textContent = 'Step ' + (at + 1) + ' of ' + (last + 1);
      range.setAttribute('aria-valuetext', count.textContent);
      for (const button of player.querySelectorAll('[data-go]')) {
        const go = button.dataset.go;
        button.disabled = ((go === 'first' || go === 'back') && at === 0) || ((go === 'on' || go === 'last') && at === last);
      }
      for (const line of section.querySelectorAll('tr[data-row]')) {
        const isNow = Number(line.dataset.row) === at;
        line.classList.toggle('now', isNow);
        if (isNow) line.setAttribute('aria-current', 'step'); else line.removeAttribute('aria-current');
      }
      if (tell) live.textContent = count.textContent + '. ' + ['before', 'after'].map((each) => TITLES[each] + ': ' + (row[each].idle ?? words(each, '.what'))).join('. ') + '.';
    }
    const GO = { first: () => 0, back: () => at - 1, on: () => at + 1, last: () => last };
    player.addEventListener('click', (event) => {
      const go = event.target.closest('[data-go]')?.dataset.go;
      if (go !== undefined) show(GO[go]?.() ?? Number(go), true);
    });
    range.addEventListener('input', () => show(Number(range.value) - 1, true));
    const KEYS = { ArrowLeft: 'back', ArrowRight: 'on', Home: 'first', End: 'last' };
    player.addEventListener('keydown', (event) => {
      const key = KEYS[event.key];
      if (key === undefined || event.target === range || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      show(GO[key](), true);
    });
    section.addEventListener('click', (event) => {
      const jump = event.target.closest('.jump');
      if (jump === null) return;
      show(Number(jump.dataset.row), true);
      player.scrollIntoView({ block: 'nearest' });
    });
    player.hidden = false;
    show(at, false);
    return (key) => show(GO[KEYS[key]](), true);
  }
  const players = [...document.querySelectorAll('.player')].filter((player) => player.hidden).map((player) => ({ player, step: start(player) }));
  document.addEventListener('keydown', (event) => {
    if ((event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') || event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
    const seen = players.find(({ player }) => { const box = player.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; });
    if (seen !== undefined) { event.preventDefault(); seen.step(event.key); }
  });
})();
`;
