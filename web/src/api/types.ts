/** The shapes of `/api/v1`. Times are RFC 3339 strings in UTC, durations are milliseconds. */

export interface Viewport {
  width: number;
  height: number;
  deviceScaleFactor?: number;
  mobile?: boolean;
  touch?: boolean;
  preset?: string;
}

export interface Me {
  user: { id: string; name: string; hasPassword: boolean } | null;
  setupRequired: boolean;
}

export interface Health {
  status: string;
  version: string;
  uptimeMs: number;
  browser: { available: boolean; name?: string; version?: string };
  workers: number;
  queue: { queued: number; running: number };
  sessions: number;
}

export type SessionStatus = "starting" | "live" | "stopping" | "stopped" | "crashed";
export type RecordingState = "idle" | "recording" | "paused";

export interface Session {
  id: string;
  name: string | null;
  url: string;
  status: SessionStatus;
  browser?: string | { name: string; version: string } | null;
  viewport?: Viewport | null;
  recording?: { state: RecordingState; steps: number } | null;
  viewers?: number;
  createdAt: string;
  endedAt?: string | null;
  endReason?: string | null;
  errors?: number;
  thumbnail?: string | null;
}

export interface NewSession {
  url: string;
  viewport?: Viewport;
  preset?: string;
  record?: boolean;
  frameRate?: number;
  quality?: number;
  name?: string;
}

export type RunStatus = "queued" | "running" | "passed" | "failed" | "cancelled" | "timedOut" | "interrupted";

export interface RecordingSummary {
  id: string;
  name: string;
  url: string;
  steps: number;
  revision: number;
  createdAt: string;
  updatedAt: string;
  lastRun?: { id: string; status: RunStatus; finishedAt?: string | null } | null;
  viewport?: Viewport | null;
  thumbnail?: string | null;
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

export interface Problem {
  path: string;
  message: string;
  severity?: "error" | "warning";
}

export interface ValidationReport {
  valid: boolean;
  errors: Problem[];
  warnings: Problem[];
}

export type StepStatus = "pending" | "running" | "passed" | "failed" | "skipped";

export interface RunError {
  code: string;
  message: string;
  step?: number | null;
}

export interface Run {
  id: string;
  recordingId: string;
  recordingName: string;
  status: RunStatus;
  browser?: string | null;
  timingMode?: string | null;
  stepsTotal: number;
  stepsPassed: number;
  stepsFailed: number;
  stepsSkipped: number;
  createdAt: string;
  startedAt?: string | null;
  finishedAt?: string | null;
  durationMs?: number | null;
  error?: RunError | null;
  attempt?: number;
}

export interface TriedSelector {
  strategy: string;
  value: string;
  count?: number;
}

export interface StepError {
  code: string;
  message: string;
  detail?: string | null;
  callLog?: string[] | null;
  tried?: TriedSelector[] | null;
}

export interface RunStep {
  index: number;
  id: string;
  type: string;
  title: string;
  status: StepStatus;
  startedAt?: string | null;
  durationMs?: number | null;
  matched?: { strategy: string; value: string; index: number } | null;
  retries?: number;
  waits?: string[] | null;
  expected?: string | null;
  actual?: string | null;
  error?: StepError | null;
  skippedReason?: string | null;
  screenshot?: { artifactId: string; url: string } | null;
  url?: string | null;
}

export interface RunDetail extends Run {
  steps: RunStep[];
}

export interface NewRun {
  recordingId: string;
  browser?: string;
  timingMode?: string;
  speed?: number;
  timeout?: number;
  runTimeout?: number;
  screenshotMode?: string;
  continueOnError?: boolean;
  baseUrl?: string;
  variables?: Record<string, string>;
}

export type ArtifactKind = "screenshot" | "fullPage" | "dom" | "console" | "network" | "har" | "download" | "recording";

export interface Artifact {
  id: string;
  kind: ArtifactKind;
  name: string;
  contentType: string;
  size: number;
  sha256?: string;
  createdAt: string;
  url: string;
  sessionId?: string | null;
  runId?: string | null;
}

export type ErrorKind = "console" | "exception" | "network" | "step" | "navigation" | "crash";
export type Severity = "info" | "warning" | "error" | "fatal";

export interface ErrorSummary {
  id: string;
  kind: ErrorKind;
  severity: Severity;
  message: string;
  detail?: string | null;
  stack?: string | null;
  url?: string | null;
  sessionId?: string | null;
  runId?: string | null;
  stepIndex?: number | null;
  occurredAt: string;
  count?: number;
}

export interface ConsoleLine {
  level: string;
  text: string;
  at?: string | number | null;
  url?: string | null;
  line?: number | null;
}

export interface NetworkLine {
  method?: string | null;
  url: string;
  status?: number | null;
  error?: string | null;
  resourceType?: string | null;
  at?: string | number | null;
}

export type PictureRef = string | { artifactId?: string; url: string };

export interface ErrorDetail extends ErrorSummary {
  evidence?: {
    screenshot?: PictureRef | null;
    before?: PictureRef[] | null;
    dom?: PictureRef | null;
    console?: ConsoleLine[] | null;
    network?: NetworkLine[] | null;
  } | null;
}

export interface DoctorCheck {
  name: string;
  status: "ok" | "warning" | "missing";
  detail: string;
  help?: string;
}

export interface Upload {
  id: string;
  name: string;
  size: number;
}
