import type {
  Beat,
  Clickable,
  ConsoleNotice,
  ExceptionNotice,
  LiveState,
  NetworkNotice,
  Notice,
  Picked,
  Picker,
  StepView,
} from "./protocol.ts";

export type Phase = "connecting" | "live" | "lost" | "ended";

export interface StreamStats {
  fps: number;
  bytesPerSecond: number;
  dropped: number;
  p50?: number;
  p95?: number;
}

/** Everything that is drawn around the stage. The frames themselves never come here. */
export interface LiveModel {
  phase: Phase;
  /** When the connection went away, by `Date.now()`. */
  lostAt?: number;
  endReason?: string;
  viewer?: string;
  session?: LiveState;
  steps: StepView[];
  console: ConsoleNotice[];
  network: NetworkNotice[];
  exceptions: ExceptionNotice[];
  cursor: string;
  picker?: Picker;
  picked?: Picked;
  focus?: { editable: boolean; box?: { x: number; y: number; width: number; height: number } };
  clickables: Clickable[];
  beat?: Beat;
  /** Bad answers since the page began to load; the one for the page's own address is its status. */
  refused: Record<string, number>;
  stats: StreamStats;
  /** Set once the first frame has been drawn. */
  lit: boolean;
}

export const emptyModel: LiveModel = {
  phase: "connecting",
  steps: [],
  console: [],
  network: [],
  exceptions: [],
  cursor: "default",
  clickables: [],
  refused: {},
  stats: { fps: 0, bytesPerSecond: 0, dropped: 0 },
  lit: false,
};

const LOG_LIMIT = 1_000;

const append = <T>(lines: T[], line: T): T[] => [...lines.slice(-(LOG_LIMIT - 1)), line];

/** A typed step comes again and again under the same index until it is finished. */
function placeStep(steps: StepView[], view: StepView): StepView[] {
  const at = steps.findIndex((step) => step.index === view.index);
  if (at === -1) return [...steps, view].sort((a, b) => a.index - b.index);
  return steps.map((step, index) => (index === at ? { ...view, picture: view.picture ?? step.picture } : step));
}

/** What a notice changes. */
export function reduceNotice(model: LiveModel, notice: Notice): LiveModel {
  switch (notice.t) {
    case "welcome":
      return {
        ...model,
        phase: "live",
        lostAt: undefined,
        viewer: notice.viewer,
        session: notice.session,
        steps: notice.steps,
        beat: notice.stats,
      };
    case "state": {
      const { t: _, ...session } = notice;
      const before = activeTab(model);
      const now = session.tabs.find((tab) => tab.active);
      const began = now?.loading === true && before?.loading !== true;
      return {
        ...model,
        session,
        refused: began ? {} : model.refused,
        clickables: session.highlight ? model.clickables : [],
        phase: session.status === "stopped" ? "ended" : model.phase,
      };
    }
    case "step": {
      const { t: _, emitId: __, replaced: ___, ...view } = notice;
      return { ...model, steps: placeStep(model.steps, view) };
    }
    case "steps":
      return { ...model, steps: notice.steps };
    case "console":
      return { ...model, console: append(model.console, notice) };
    case "network":
      return {
        ...model,
        network: append(model.network, notice),
        refused: (notice.status ?? 0) >= 400 ? { ...model.refused, [notice.url]: notice.status ?? 0 } : model.refused,
      };
    case "exception":
      return { ...model, exceptions: append(model.exceptions, notice) };
    case "cursor":
      return { ...model, cursor: notice.css };
    case "picker":
      return { ...model, picker: notice };
    case "pickerClosed":
      return { ...model, picker: undefined };
    case "picked":
      return { ...model, picked: notice };
    case "focus":
      return { ...model, focus: { editable: notice.editable, box: notice.box } };
    case "clickables":
      return { ...model, clickables: notice.boxes };
    case "beat":
      return { ...model, beat: notice };
    case "bye":
      return { ...model, phase: "ended", endReason: notice.reason };
    default:
      return model;
  }
}

export const iHoldControl = (model: LiveModel): boolean =>
  model.phase === "live" && model.viewer !== undefined && model.session?.control.viewer === model.viewer;

export const activeTab = (model: LiveModel) => model.session?.tabs.find((tab) => tab.active) ?? model.session?.tabs[0];

/** The status of the shown page itself, when its server answered badly. */
export function badStatus(model: LiveModel): number | undefined {
  const tab = activeTab(model);
  return tab && !tab.error ? model.refused[tab.url.split("#")[0] ?? tab.url] : undefined;
}
