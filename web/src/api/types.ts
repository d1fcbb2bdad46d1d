/** The shapes of `/api/v1` by short names, and those that the API leaves open. Times are RFC 3339, durations milliseconds. */

import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Health = Schemas["Health"];
export type DoctorCheck = Schemas["DoctorCheck"];
export type Session = Schemas["Session"];
export type SessionStatus = Schemas["SessionStatus"];
export type NewSession = Schemas["CreateSession"];
export type RecordingSummary = Schemas["RecordingSummary"];
export type ValidationReport = Schemas["ValidationReport"];
export type Run = Schemas["Run"];
export type RunDetail = Schemas["RunDetail"];
export type RunStatus = Schemas["RunStatus"];
export type RunStep = Schemas["RunStep"];
export type HealedStep = Schemas["HealedStep"];
export type VisualStep = Schemas["VisualStep"];
export type NewRun = Schemas["CreateRun"];
export type Schedule = Schemas["Schedule"];
export type NewSchedule = Schemas["CreateSchedule"];
export type ScheduleChange = Schemas["ChangeSchedule"];
export type TimingMode = Schemas["TimingMode"];
export type ScreenshotMode = Schemas["ScreenshotMode"];
export type VideoMode = Schemas["VideoMode"];
export type Preset = Schemas["Preset"];
export type Artifact = Schemas["Artifact"];
export type Render = Schemas["Render"];
export type RenderStatus = Schemas["RenderStatus"];
export type RenderMade = Schemas["RenderMade"];
/** What is to be drawn; the fields are those of docs/render.md. */
export type RenderJob = Record<string, unknown>;
export type RenderDetail = Render & { job: RenderJob };
export type Film = Schemas["Film"];
export type FilmStatus = Schemas["FilmStatus"];
export type FilmMade = Schemas["FilmMade"];
export type FilmDelivered = Schemas["FilmDelivered"];
export type FilmStorage = Schemas["FilmStorage"];
export type Sound = Schemas["Sound"];
export type SentPicture = Schemas["SentPicture"];
export type FilmSetup = Schemas["FilmSetup"];
/** What is to be filmed, of which page, at what size; fields that are not known to the server are kept. */
export type FilmOrder = Record<string, unknown>;
export type FilmDetail = Film & { order: FilmOrder };
export type ErrorKind = Schemas["ErrorKind"];
export type Severity = Schemas["Severity"];
export type ErrorRecord = Schemas["ErrorRecord"];
export type Picture = Schemas["Picture"];
export type Viewport = Pick<Schemas["Viewport"], "width" | "height"> & Partial<Schemas["Viewport"]>;

export interface Problem {
  path: string;
  message: string;
  severity?: "error" | "warning";
}

export interface Selector {
  strategy: string;
  value: string;
  context?: string;
  priority?: number;
  confidence?: number;
  [extra: string]: unknown;
}

export interface RecordedStep {
  id: string;
  type: string;
  timestamp: number;
  url: string;
  name?: string;
  timeout?: number;
  isOptional?: boolean;
  selectors?: Selector[];
  [extra: string]: unknown;
}

export interface Variable {
  name: string;
  description?: string;
  fieldType?: string;
  selector?: string;
  placeholder?: string;
  [extra: string]: unknown;
}

/** The document of a recording; what is not named here is kept as it came. */
export interface RecordingDocument {
  id?: string;
  version?: string;
  testName: string;
  url: string;
  viewport?: Viewport;
  actions: RecordedStep[];
  variables?: Variable[];
  [extra: string]: unknown;
}

export interface Recording extends RecordingSummary {
  document: RecordingDocument;
}

export interface ConsoleLine {
  level: string;
  text: string;
  at?: string | number | null;
  url?: string | null;
  line?: number | null;
  /** How many times in a row. */
  count?: number;
}

export interface NetworkLine {
  method?: string | null;
  url: string;
  status?: number | null;
  error?: string | null;
  at?: string | number | null;
}
