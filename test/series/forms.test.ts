import { describe, expect, test } from '@jest/globals';

import { readSeries } from '../../src/series/read.ts';
import { formatDiff } from '../../src/series/format.ts';
import type { Series } from '../../src/series/series.ts';
import { unplaced } from './unplaced.ts';

const DIFF = `diff --git a/system/memory.c b/system/memory.c
index 1111111..2222222 100644
--- a/system/memory.c
+++ b/system/memory.c
@@ -10,5 +10,6 @@ static void region_drop(Region *region)
 {
     Owner *owner = region->owner;

-    owner_drop(owner);
+    if (owner) {
+        owner_drop(owner);
     }
`.replace('\n\n', '\n \n');

const BODY = `Drop the owner only where there is one.

Signed-off-by: A Person <a@example.org>
---
 system/memory.c | 3 ++-
 1 file changed, 2 insertions(+), 1 deletion(-)

${DIFF}-- 
2.47.0
`;

function mail(subject: string, body: string, ...fields: string[]): string {
  return `${['From: A Person <a@example.org>', `Subject: ${subject}`, ...fields].join('\n')}\n\n${body}`;
}

async function one(text: string | Uint8Array): Promise<Series> {
  const { series, errors } = await readSeries(
    'in',
    typeof text === 'string' ? Buffer.from(text) : text,
  );
  expect(errors).toEqual([]);
  expect(series).toHaveLength(1);
  return series[0] ?? { kind: 'diff', subject: '', version: 0, patches: [], repairs: [] };
}

const plain = (await one(DIFF)).patches[0]?.files;

describe('a mail', () => {
  test('of git format-patch gives message, author, subject and numbers', async () => {
    const series = await one(
      mail(
        'Re: [Qemu-devel] [PATCH RFC v3 02/15] memory: =?UTF-8?q?na=C3=AFve?= drop',
        BODY,
        'Message-Id: <2@x>',
      ),
    );
    expect(series).toMatchObject({
      kind: 'patch',
      version: 3,
      messageId: '2@x',
      subject: 'memory: naïve drop',
    });
    expect(series.patches[0]).toMatchObject({
      index: 2,
      total: 15,
      author: 'A Person <a@example.org>',
    });
    expect(unplaced(series.patches[0]?.files)).toEqual(unplaced(plain));
    expect(series.patches[0]?.message).toBe(
      'Drop the owner only where there is one.\n\nSigned-off-by: A Person <a@example.org>',
    );
  });

  test('names the author that its body names', async () => {
    const series = await one(mail('[PATCH] drop', `From: B Person <b@example.org>\n\n${BODY}`));
    expect(series.patches[0]?.author).toBe('B Person <b@example.org>');
  });

  test.each(['-- >8 --', '===8<===', '- - - 8< - - - cut here - - -'])(
    'below scissors drawn %s',
    async (cut) => {
      const text = `Hello,\n\nhow about this?\n\n${cut}\nFrom: B <b@x>\nSubject: [PATCH v2] better\n\n${BODY}`;
      const series = await one(mail('Re: [PATCH] drop', text));
      expect(series).toMatchObject({ subject: 'better', version: 2 });
      expect(series.patches[0]?.message.startsWith('Drop the owner')).toBe(true);
      expect(unplaced(series.patches[0]?.files)).toEqual(unplaced(plain));
    },
  );

  test('in base64 and in quoted-printable', async () => {
    const type =
      'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ';
    const base64 = Buffer.from(BODY).toString('base64').replace(/.{76}/g, '$&\n');
    const decoded = await one(mail('[PATCH] drop', base64, `${type}base64`));
    expect(unplaced(decoded.patches[0]?.files)).toEqual(unplaced(plain));
    const qp = BODY.replaceAll('=', '=3D')
      .replace(/ $/gm, '=20')
      .replace('Owner *owner', 'Owner *ow=\nner');
    const printable = await one(mail('[PATCH] drop', qp, `${type}quoted-printable`));
    expect(unplaced(printable.patches[0]?.files)).toEqual(unplaced(plain));
  });

  test('with the patch as an attachment, beside a quotation', async () => {
    const text = [
      '--B',
      'Content-Type: text/plain; charset=utf-8',
      '',
      '> why not?',
      'See the patch.',
      '--B',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Disposition: attachment; filename="0001-drop.patch"',
      '',
      mail('[PATCH v4] inner', BODY),
      '--B--',
      '',
    ].join('\n');
    const fields = [
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="B"',
      'Message-ID: <outer@x>',
    ];
    const series = await one(mail('Re: outer', text, ...fields));
    expect(series).toMatchObject({
      kind: 'patch',
      subject: 'inner',
      version: 4,
      messageId: 'outer@x',
    });
    expect(unplaced(series.patches[0]?.files)).toEqual(unplaced(plain));
  });

  test('with flowed text, whose lines were stuffed', async () => {
    const stuffed = BODY.replace(/^ /gm, '  ');
    const type = 'Content-Type: text/plain; charset=utf-8; format=flowed';
    const flowed = await one(mail('[PATCH] drop', stuffed, 'MIME-Version: 1.0', type));
    expect(unplaced(flowed.patches[0]?.files)).toEqual(unplaced(plain));
  });

  test('in Latin-1 that does not say so', async () => {
    const series = await one(Buffer.from(mail('[PATCH] drop', `Größe.\n\n${BODY}`), 'latin1'));
    expect(series.patches[0]?.message.startsWith('Größe.')).toBe(true);
    expect(series.repairs).toEqual(['the text is not valid UTF-8: read as Windows-1252']);
  });
});

describe('repairs', () => {
  test('joins a wrapped header and a wrapped line, and says so', async () => {
    const long = DIFF.replace(
      'static void region_drop(',
      'static void region_drop_whatever_its_long_name_is_just_now(',
    );
    const wrapped = long.replace('static void region_drop_w', 'static void\nregion_drop_w');
    const series = await one(wrapped);
    expect(unplaced(series.patches[0]?.files)).toEqual(
      unplaced((await one(long)).patches[0]?.files),
    );
    expect(series.repairs).toEqual(['line 6: joined the rest of a wrapped line']);
  });

  test('restores blanks that were made no-break spaces, and drops Markdown line breaks', async () => {
    const mangled = DIFF.replace(/^ /gm, '\u00A0')
      .replaceAll('    ', '\u00A0\u00A0\u00A0 ')
      .replace(/$/gm, '  ');
    const series = await one(mangled.trimEnd().replace(/^/gm, '> '));
    expect(unplaced(series.patches[0]?.files)).toEqual(unplaced(plain));
    expect(series.repairs).toHaveLength(2);
  });

  test('restores the blank before a context line that lost it', async () => {
    const series = await one(DIFF.replace('\n {\n', '\n{\n').replace('\n \n', '\n\n'));
    expect(unplaced(series.patches[0]?.files)).toEqual(unplaced(plain));
    expect(series.repairs).toEqual(['line 6: restored the leading blank of a context line']);
  });

  test('refuses the rest of a short line that was cut before the next hunk', async () => {
    const { series, errors } = await readSeries('in', Buffer.from(`${DIFF}rest\n${DIFF}`));
    expect(series).toEqual([]);
    expect(errors.map(({ line }) => line)).toEqual([5]);
  });

  test('refuses a line that may be a remark or content', async () => {
    const line = '     a_function_with_many_arguments(of_this_region, of_that_region, and_of';
    const text = DIFF.replace('     Owner *owner = region->owner;', `${line} X`);
    const quoted = text
      .trimEnd()
      .replace(/^/gm, '> ')
      .replace(' X\n', '\nthis_owner_that_owns_it);\n');
    const { series, errors } = await readSeries('in', Buffer.from(quoted));
    expect(series).toEqual([]);
    expect(errors.map(({ line: at }) => at)).toEqual([8]);
    expect(errors[0]?.message).toContain('may be a remark or the rest of the wrapped line');
  });
});

describe('kinds of change', () => {
  test('new, deleted, renamed, copied, binary, mode only, and without the git header', async () => {
    const text = `diff --git a/new.c b/new.c
new file mode 100644
index 0000000..1234567
--- /dev/null
+++ b/new.c
@@ -0,0 +1 @@
+int x;
\\ No newline at end of file
diff --git a/old.c b/old.c
deleted file mode 100644
index 1234567..0000000
--- a/old.c
+++ /dev/null
@@ -1 +0,0 @@
-int x;
\\ No newline at end of file
diff --git a/from.c b/to.c
similarity index 100%
rename from from.c
rename to to.c
diff --git a/one.c b/two.c
similarity index 100%
copy from one.c
copy to two.c
diff --git "a/\\303\\251.png" "b/\\303\\251.png"
index 1234567..7654321 100644
Binary files "a/\\303\\251.png" and "b/\\303\\251.png" differ
diff --git a/run.sh b/run.sh
old mode 100644
new mode 100755
--- x.c.orig\t2025-01-01 00:00:00
+++ x.c\t2025-01-01 00:00:01
@@ -1,1 +1,1 @@
--- a
+++ b
`;
    const files = (await one(text)).patches[0]?.files ?? [];
    expect(
      files.map(({ kind, oldPath, newPath, binary }) => [kind, oldPath, newPath, binary]),
    ).toEqual([
      ['added', undefined, 'new.c', false],
      ['deleted', 'old.c', undefined, false],
      ['renamed', 'from.c', 'to.c', false],
      ['copied', 'one.c', 'two.c', false],
      ['modified', 'é.png', 'é.png', true],
      ['modified', 'run.sh', 'run.sh', false],
      ['modified', 'x.c', 'x.c', false],
    ]);
    expect(files[0]).toMatchObject({
      newBlob: '1234567',
      hunks: [{ lines: [{ kind: 'added', text: 'int x;' }] }],
    });
    expect(files[6]?.hunks[0]?.lines.map(({ kind, text: line }) => [kind, line])).toEqual([
      ['removed', '-- a'],
      ['added', '++ b'],
    ]);
  });

  test('a last line without a line end is known as one, and each hunk by its line', async () => {
    const text = `--- a/x.c
+++ b/x.c
@@ -1 +1,2 @@
 int a;
+int b;
@@ -9,2 +10,2 @@
 int x;
-int y;
\\ No newline at end of file
+int z;
\\ No newline at end of file
`;
    const files = (await one(text)).patches[0]?.files ?? [];
    const hunks = files[0]?.hunks ?? [];
    expect(hunks.map(({ inputLine }) => inputLine)).toEqual([3, 6]);
    expect(hunks.map(({ lines }) => lines.map((line) => line.noNewline === true))).toEqual([
      [false, false],
      [false, true, true],
    ]);
    expect(formatDiff(files).split('\n').slice(1)).toEqual(text.split('\n'));
  });
});
