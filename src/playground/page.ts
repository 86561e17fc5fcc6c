/**
 * The page: what is written, what is watched, what is asked of the engine; each part told of what concerns it.
 *
 * Its own file because it is the only one that knows all the parts. Two engines, for neither checking nor a whole
 * comparison may stop the picture. Checked in a browser by test/playground/page.test.ts.
 */
import type { LiveStage } from '../experiment/live.js';
import type { FromWorker, Written } from '../host/protocol.js';
import { type Editor, openEditor } from './editor.js';
import { byId, make } from './elements.js';
import { EngineLink } from './engineLink.js';
import { FilePicker } from './filePicker.js';
import { Happenings } from './happenings.js';
import { KnobPanel } from './knobPanel.js';
import { MeterCards } from './meterCards.js';
import { PlayControls } from './playControls.js';
import { showProblems } from './problemList.js';
import { Results } from './results.js';
import { linkFragment, readFragment } from './share.js';
import { StageDrawing } from './stageDrawing.js';
import { colours, onTheme, switchTheme } from './theme.js';
import { TimeLine } from './timeLine.js';
import { TourPanel } from './tourPanel.js';
import { tourSteps } from './tourSteps.js';
import { showWhoDecides } from './whoDecides.js';

type Told<K extends FromWorker['kind']> = Extract<FromWorker, { readonly kind: K }>;

export class Page {
  private readonly watcher = new EngineLink();
  private readonly student = new EngineLink();
  private readonly texts: Readonly<Record<string, string>>;
  private readonly stage = new StageDrawing(byId('stage', 'canvas'), byId('flights', 'canvas'));
  private readonly timeLine = new TimeLine((toUs) => this.watcher.tell({ kind: 'seek', toUs }));
  private readonly happenings = new Happenings();
  private readonly cards = new MeterCards((names) => this.choose(names));
  private readonly knobs = new KnobPanel(() => this.watch({ keepsGhost: true }));
  private readonly files = new FilePicker(() => this.changed(this.editor.text()));
  private readonly tour = new TourPanel((place) => this.step(place));
  private readonly controls = new PlayControls({
    play: (speed) => this.watcher.tell({ kind: 'play', speed }),
    pause: () => this.watcher.tell({ kind: 'pause' }),
    step: () => this.watcher.tell({ kind: 'step' }),
    restart: () => this.watcher.tell({ kind: 'seek', toUs: this.fromUs }),
    curtain: (isClosed) => {
      this.stage.drawCurtain(isClosed);
      this.cards.drawCurtain(isClosed);
    },
  });
  private readonly results = new Results({ onStart: () => this.simulate(), onCancel: () => this.cancel() });
  private readonly editor: Editor;
  private schema: Readonly<Record<string, unknown>> | null = null;
  private scenario = '';
  /** What the step's scenario calls itself, once it was opened: another name is another scenario. */
  private stepName: string | null = null;
  private platforms: readonly string[] = [];
  private fromUs = 0;
  private keepsGhost = false;
  private ids = { watch: 0, check: 0, run: 0, levels: 0 };
  private isOpen = false;
  private hasChanged = false;
  private changedAtMs = 0;

  /** @param texts scenarios by name, as they stand below scenarios/ */
  constructor(texts: Readonly<Record<string, string>>) {
    this.texts = texts;
    this.editor = openEditor({
      parent: byId('editor', 'div'),
      schema: () => this.schema,
      onChange: () => {
        this.hasChanged = true;
        this.changedAtMs = 0;
      },
    });
    this.makeTabs();
    this.listen();
    this.hear();
    this.student.ask({ kind: 'schema' });
    requestAnimationFrame((nowMs) => this.paint(nowMs));
  }

  /** What the address says, else the first step of the tour. */
  async start(fragment: string): Promise<void> {
    const shared = await readFragment(fragment);
    byId('link-fault', 'p').textContent =
      shared.kind === 'damaged'
        ? `The scenario in this link is damaged: ${shared.why}. Nothing of it was run; the tour is shown instead.`
        : '';
    if (shared.kind !== 'text') return this.step(0);
    this.scenario = '';
    this.platforms = [];
    this.fromUs = 0;
    this.tour.leave({ scenario: 'A scenario from a link', description: '' });
    this.load(shared.text);
  }

  /** A step of the tour: its scenario, platforms, speed and moment. */
  private step(place: number): void {
    const step = tourSteps[place];
    if (!step) return;
    this.tour.show(place);
    this.scenario = step.scenario;
    this.stepName = null;
    this.platforms = step.platforms;
    this.fromUs = step.fromS * 1e6;
    this.controls.set(step.speed, step.isCurtainClosed === true);
    this.load(this.texts[step.scenario] ?? '');
  }

  private load(text: string): void {
    this.knobs.reset();
    this.pressTab();
    if (this.editor.text() !== text) this.editor.replace(text);
    this.changed(text);
  }

  private pressTab(): void {
    for (const tab of document.querySelectorAll<HTMLElement>('[data-scenario]'))
      tab.setAttribute('aria-pressed', String(tab.dataset['scenario'] === this.scenario));
  }

  /** The text is another: check it, and open it to be watched. */
  private changed(text: string): void {
    this.hasChanged = false;
    this.results.clear();
    this.ids.check = this.student.ask({ kind: 'check', text, file: 'scenario.yaml', files: this.files.given() });
    this.watch({ keepsGhost: false });
  }

  private watch({ keepsGhost }: { readonly keepsGhost: boolean }): void {
    this.keepsGhost = keepsGhost;
    this.controls.rest();
    const { platforms } = this;
    this.ids.watch = this.watcher.ask({ kind: 'watch', ...this.written(), platforms });
  }

  private choose(names: readonly string[]): void {
    this.platforms = names;
    this.knobs.reset();
    this.watch({ keepsGhost: false });
  }

  private written(): Required<Omit<Written, 'seed'>> {
    const overrides = this.knobs.overrides();
    return { text: this.editor.text(), file: 'scenario.yaml', overrides, files: this.files.given() };
  }

  private simulate(): void {
    this.results.begin();
    this.ids.run = this.student.ask({ kind: 'run', ...this.written() });
  }

  private cancel(): void {
    this.student.tell({ kind: 'cancel', id: this.ids.run });
  }

  private hear(): void {
    const { watcher, student, ids } = this;
    watcher.on('opened', (told) => told.id === ids.watch && this.open(told));
    watcher.on('frame', ({ id, frame, isPlaying, isOnItsWay }) => {
      if (id !== ids.watch) return;
      this.stage.show(frame, Number(document.timeline.currentTime ?? 0), isOnItsWay);
      this.timeLine.show(frame);
      this.cards.show(frame);
      this.happenings.show(frame);
      this.controls.show(isPlaying && !isOnItsWay, frame.isDone);
    });
    watcher.on('refused', ({ id, issues }) => {
      if (id !== ids.watch) return;
      const isOurs = this.knobs.overrides().length > 0;
      this.say(
        isOurs
          ? `This setting cannot be: ${issues[0]?.message ?? ''}`
          : this.isOpen
            ? 'The scenario has mistakes; the last one that had none is shown.'
            : 'The scenario has mistakes, listed below the editor. Nothing is run until they are mended.',
      );
      // The platforms asked for may have gone with the text: the next try takes the first.
      if (issues.some(({ path }) => path === 'platforms') && this.platforms.length > 0) this.choose([]);
    });
    student.on('checked', ({ id, issues }) => {
      if (id !== ids.check) return;
      this.editor.showIssues(issues);
      showProblems(issues, (issue) => this.editor.goTo(issue));
      this.files.show(issues);
    });
    student.on('schema', ({ schema }) => {
      this.schema = schema as Readonly<Record<string, unknown>>;
    });
    student.on('level', ({ id, platform, level }) => id === ids.levels && this.cards.showLevel(platform, level));
    student.on('progress', ({ id, doneShare }) => id === ids.run && this.results.progress(doneShare));
    student.on('done', ({ id, comparison, seconds }) => id === ids.run && this.results.show(comparison, seconds));
    student.on('cancelled', ({ id }) => id === ids.run && this.results.stop('Stopped.'));
    student.on('refused', ({ id, issues }) => {
      if (id === ids.run)
        this.results.stop(`Nothing was simulated: ${issues[0]?.message ?? 'the scenario has mistakes'}.`);
    });
    for (const link of [watcher, student])
      link.on('failed', ({ id, message }) => {
        if (id === ids.run) this.results.stop(`It failed, and that is a bug of ours: ${message}`);
        else this.say(`The engine failed, and that is a bug of ours: ${message}`);
      });
  }

  private open({ stage, knobs }: Told<'opened'>): void {
    this.say('');
    this.isOpen = true;
    if (this.scenario !== '') this.stepName ??= stage.scenario;
    if (this.scenario === '' || stage.scenario !== this.stepName) this.leaveTour(stage);
    this.platforms = stage.shown.map(({ name }) => name);
    this.stage.open(stage);
    this.timeLine.open(stage, this.keepsGhost);
    this.cards.open(stage);
    this.happenings.open(stage);
    this.knobs.open(knobs);
    showWhoDecides(stage);
    this.ids.levels = this.student.ask({ kind: 'levels', ...this.written(), platforms: this.platforms });
    byId('stage', 'canvas').setAttribute('aria-label', describe(stage));
    if (this.keepsGhost) this.controls.goOn();
    else if (this.fromUs > 0) this.watcher.tell({ kind: 'seek', toUs: this.fromUs });
  }

  /** What is written is nobody's step, or no longer: it is watched from its beginning. */
  private leaveTour(stage: LiveStage): void {
    this.scenario = '';
    this.fromUs = 0;
    this.pressTab();
    this.tour.leave(stage);
  }

  private say(words: string): void {
    byId('stage-words', 'p').textContent = words;
  }

  private paint(nowMs: number): void {
    this.stage.draw(nowMs, colours());
    this.timeLine.draw(colours());
    if (this.hasChanged) {
      // A pause in typing, counted in frames of the screen's own clock.
      if (this.changedAtMs === 0) this.changedAtMs = nowMs;
      else if (nowMs - this.changedAtMs > 400) this.changed(this.editor.text());
    }
    requestAnimationFrame((nextMs) => this.paint(nextMs));
  }

  private makeTabs(): void {
    const names = [...new Set(tourSteps.map(({ scenario }) => scenario))];
    byId('tabs', 'nav').replaceChildren(
      ...names.map((name) => {
        const tab = make(
          'button',
          { type: 'button', 'data-scenario': name, 'aria-pressed': 'false' },
          name.replace('tour/', '').replace('/compare', ''),
        );
        tab.addEventListener('click', () => this.step(tourSteps.findIndex(({ scenario }) => scenario === name)));
        return tab;
      }),
    );
  }

  private listen(): void {
    byId('theme', 'button').addEventListener('click', switchTheme);
    const name = (): void => {
      byId('theme', 'button').textContent = document.documentElement.style.colorScheme === 'dark' ? 'Light' : 'Dark';
    };
    onTheme(name);
    name();
    byId('share', 'button').addEventListener('click', () => void this.share());
    addEventListener('hashchange', () => void this.start(location.hash));
    new ResizeObserver(() => this.stage.resize()).observe(byId('stage-box', 'div'));
  }

  private async share(): Promise<void> {
    const link = new URL(await linkFragment(this.editor.text()), location.href).href;
    history.replaceState(null, '', link);
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      isCopied = false;
    }
    const where = isCopied ? 'The link is copied.' : 'The link is in the address bar.';
    const isAlone = Object.keys(this.files.given()).length === 0;
    byId('share-words', 'output').textContent = isAlone ? where : `${where} The files are not in it.`;
  }
}

function describe({ shown, services, databases, sources }: LiveStage): string {
  const names = (list: readonly { readonly title: string }[]): string => list.map(({ title }) => title).join(', ');
  return (
    `The running system on ${names(shown)}. Visitors: ${names(sources)}. Services: ${names(services)}. ` +
    `Databases: ${databases.length === 0 ? 'none' : names(databases)}. What happens is listed below the stage.`
  );
}
