import type { Engine } from '../lifecycle/engine.ts';
import { judge, judgeUntouched } from '../lifecycle/review.ts';
import type { Bases, Judgement } from '../lifecycle/judgement.ts';
import type { Config } from '../config/config.ts';
import { buildReview } from '../review/build.ts';
import { earlierOf, withHistory } from '../review/history.ts';
import type { Earlier } from '../review/history.ts';
import type { MailSettings } from '../review/mail-settings.ts';
import type { Rendering, Screen } from '../review/render.ts';
import type { Review } from '../review/schema.ts';
import type { Patch, Series } from '../series/series.ts';
import type { Image } from '../tree/image.ts';
import type { Store } from '../lifecycle/base-store.ts';
import { STATUS } from './failure.ts';
import { Guard, limitsOf } from './guard.ts';
import { readEarlier } from './previous.ts';
import { Progress } from './progress.ts';
import type { ReviewOptions } from './review-command.ts';
import { checkUser, openEngine, scenariosOf } from './session.ts';
import { openStore } from './store.ts';
import type { Session, Source } from './session.ts';
import { Wordings } from './wordings.ts';

/** Milliseconds for one series where every topology is run. */
const THOROUGH_TIME = 1_200_000;

/** Judgements that are kept for a patch that comes again, as resent mails do. */
const MOST_KEPT = 16;

interface Judged {
  readonly session: Pick<Session, 'mode' | 'remarks'>;
  readonly judgement: Judgement;
}

/** What is kept between series that have one base. */
interface Shared {
  readonly engine: Engine;
  readonly bases: Bases;
}

/** Reviews one series after the other, and shares between them what they have in common. */
export class Reviewer {
  readonly #file: string;
  readonly #options: ReviewOptions;
  readonly #source: Source;
  readonly #screen: Screen;
  readonly #mail: MailSettings;
  readonly #config: Config;
  #earlier: readonly Earlier[] = [];
  readonly #guard: Guard;
  readonly #progress = new Progress();
  readonly #store: Store | undefined;
  readonly #wordings: Wordings;
  readonly #known = new Map<string, Judged>();
  readonly #shared = new Map<Image, Shared>();

  constructor(
    file: string,
    options: ReviewOptions,
    source: Source,
    { screen, mail, config }: { screen: Screen; mail: MailSettings; config: Config },
  ) {
    this.#file = file;
    this.#options = options;
    this.#source = source;
    this.#guard = new Guard(
      limitsOf(config, options.thorough === true ? THOROUGH_TIME : undefined),
    );
    this.#screen = screen;
    this.#mail = mail;
    this.#config = config;
    this.#wordings = new Wordings(
      options.wording === false ? 'off' : (options.wording ?? config.wording),
      config.words,
    );
    this.#store = openStore();
  }

  async review(
    series: Series,
    index: number,
    of: number,
  ): Promise<{ rendering: Rendering; status: number }> {
    const which = of === 1 ? '' : `series ${index + 1} of ${of}: `;
    this.#progress.tell(`${which}reading`);
    try {
      const built = await this.#build(series, which, series.patches);
      const earlier = earlierOf(series.subject, this.#earlier);
      const review = earlier === undefined ? built : withHistory(built, earlier);
      const isMany = of > 1;
      const rendering = { review, series, screen: this.#screen, mail: this.#mail, isMany };
      return { rendering, status: STATUS[review.verdict] };
    } finally {
      this.#progress.clear();
    }
  }

  /** What was found in an earlier version, which is reviewed for that where it is no review. Throws Failure. */
  async remember(file: string): Promise<void> {
    try {
      this.#earlier = await readEarlier(file, async (series) =>
        this.#build(series, 'the earlier version: ', []),
      );
    } finally {
      this.#progress.clear();
    }
  }

  async #build(series: Series, which: string, prose: readonly Patch[]): Promise<Review> {
    // It runs beside the replays, which give the event loop no turn.
    const wording = await this.#wordings.begin(prose);
    const judged = await this.#judged(series, (text) => {
      this.#progress.tell(which + text);
    });
    const remarks = await wording();
    return buildReview({ series, ...judged, file: this.#file, ...this.#options, wording: remarks });
  }

  async close(): Promise<void> {
    this.#wordings.close();
    await this.#guard.close();
    await this.#source.close();
  }

  /** The same change is judged once, whoever sends it. */
  async #judged(series: Series, progress: (text: string) => void): Promise<Judged> {
    const key = changeOf(series);
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    // What is of no concern need not fit the tree that it would be carried out on.
    const untouched = judgeUntouched(this.#source.pack, series, this.#source.mode);
    if (untouched !== undefined) {
      return { judgement: untouched, session: { mode: this.#source.mode, remarks: [] } };
    }
    const session = await this.#source.prepare(series);
    const shared = await this.#sharedOn(session);
    try {
      const judgement = this.#guard.run(() => this.#judge(session, shared, series, progress));
      const [oldest] = this.#known.size >= MOST_KEPT ? this.#known.keys() : [];
      this.#known.delete(oldest ?? '');
      this.#known.set(key, { session, judgement });
      return { session, judgement };
    } catch (error) {
      // It was stopped anywhere: what it was writing to is not to be trusted.
      this.#shared.clear();
      throw error;
    }
  }

  #judge(
    session: Session,
    shared: Shared,
    series: Series,
    tell: (text: string) => void,
  ): Judgement {
    const scenarios = scenariosOf(session, this.#options, this.#config);
    const progress = (done: number, of: number): void => {
      tell(`running scenarios: ${done} of ${of}`);
    };
    return judge({ ...session, scenarios, ...shared, progress }, series);
  }

  async #sharedOn(session: Session): Promise<Shared> {
    const { base, pack } = session;
    let shared = this.#shared.get(base);
    if (shared === undefined) {
      await checkUser(session);
      shared = { engine: await openEngine(pack), bases: { sides: new Map(), store: this.#store } };
      this.#shared.set(base, shared);
    }
    return shared;
  }
}

/** What a series changes, wherever in the input it stands. */
export function changeOf({ patches }: Series): string {
  const files = patches.map((patch) => patch.files);
  return JSON.stringify(files, (name, value: unknown) =>
    name === 'inputLine' ? undefined : value,
  );
}
