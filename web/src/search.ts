import type { ErrorKind, FilmStatus, RenderStatus, RunStatus, Severity } from "./api/types.ts";

/** What each screen keeps in its address. Steps and pages count from 1. */

export interface SignInSearch {
  next?: string;
}

export interface WelcomeSearch {
  token?: string;
}

export interface SessionsSearch {
  show?: "ended" | "all";
  page?: number;
}

export interface LiveSearch {
  panel?: "console" | "network" | "errors";
}

export interface RecordingsSearch {
  q?: string;
  tag?: string;
  page?: number;
}

export interface EditorSearch {
  step?: number;
  code?: "json" | "yaml";
}

export interface RunsSearch {
  status?: RunStatus;
  recordingId?: string;
  scheduleId?: string;
  page?: number;
}

export interface SchedulesSearch {
  /** A new one is asked for: the recording to begin with, or `any`. */
  add?: string;
  page?: number;
}

export interface RunSearch {
  step?: number;
  tab?: "video" | "console" | "network" | "log" | "dom" | "page";
}

export interface ErrorsSearch {
  kind?: ErrorKind;
  severity?: Severity;
  session?: string;
  run?: string;
  page?: number;
}

export interface RendersSearch {
  status?: RenderStatus;
  page?: number;
}

export interface PlaygroundSearch {
  /** The render that is on the stage. */
  render?: string;
}

export interface FilmsSearch {
  status?: FilmStatus;
  page?: number;
}

export interface NewFilmSearch {
  /** The page that is to be filmed. */
  url?: string;
  /** The recording that is to be filmed. */
  recording?: string;
  /** The film that is on the stage. */
  film?: string;
}

export interface FilmSearch {
  /** Seconds from the film's beginning. */
  t?: number;
}
