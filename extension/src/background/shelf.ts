/**
 * The recording under way, in the browser's session storage: the service worker ends whenever the browser likes and finds
 * everything there when it starts again. Scripts in pages cannot read that storage.
 */

import type { Phase, PickedElement, Upload } from "../messages";
import type { Head } from "../recording/document";
import type { Entry } from "../recording/entry";
import type { History } from "../recording/history";

/** A tab that is recorded. */
export interface RecordedTab {
  id: number;
  /** Its number in the recording. */
  index: number;
  url: string;
  history: History;
}

export interface Recording {
  phase: Exclude<Phase, "idle">;
  head: Head;
  tabs: RecordedTab[];
  /** How many tabs were numbered so far. */
  numbered: number;
  /** Tabs that a person opened and that show no address yet. */
  awaited: number[];
  /** The window in which new tabs belong to the recording. */
  windowId: number;
  /** Until when steps count that were made before a pause and arrive after it, in milliseconds of the recording. */
  until: number;
  /** Where the next entry of the log is stored. */
  next: number;
  picking: boolean;
  pending: PickedElement | null;
  upload: Upload | null;
  problem: string | null;
}

const recordingKey = "recording";
const entryPrefix = "entry:";

let loaded: Promise<Shelf> | undefined;

/** The one shelf, as the storage has it. */
export function shelf(): Promise<Shelf> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Shelf> {
  const stored = await chrome.storage.session.get(null);
  const keys = Object.keys(stored).filter((key) => key.startsWith(entryPrefix));
  const log = keys.sort().map((key) => ({ key, entry: stored[key] as Entry }));
  return new Shelf((stored[recordingKey] as Recording | undefined) ?? null, log);
}

export class Shelf {
  constructor(
    public recording: Recording | null,
    private log: { key: string; entry: Entry }[],
  ) {}

  get entries(): Entry[] {
    return this.log.map(({ entry }) => entry);
  }

  /** An empty recording in place of the one before. */
  async begin(recording: Recording): Promise<void> {
    await chrome.storage.session.clear();
    this.log = [];
    this.recording = recording;
    await this.save();
  }

  async clear(): Promise<void> {
    this.log = [];
    this.recording = null;
    await chrome.storage.session.clear();
  }

  /** Writes down what was changed in `recording`. */
  async save(): Promise<void> {
    if (this.recording) await chrome.storage.session.set({ [recordingKey]: this.recording });
  }

  async change(what: Partial<Recording>): Promise<void> {
    if (!this.recording) return;
    Object.assign(this.recording, what);
    await this.save();
  }

  /** An entry is stored before anything else happens: a step that was taken is never lost. */
  async add(entry: Entry): Promise<void> {
    const { recording } = this;
    if (!recording) return;
    const key = `${entryPrefix}${String(recording.next).padStart(8, "0")}`;
    recording.next++;
    // What is on the server is no longer what is here.
    recording.upload = null;
    await chrome.storage.session.set({ [key]: entry, [recordingKey]: recording });
    this.log.push({ key, entry });
  }

  /** Puts a newer version of a gesture in the place of the one that `emit` names; `false` when there is none. */
  async replace(emit: string, change: (entry: Entry & { kind: "step" }) => Entry): Promise<boolean> {
    const known = this.log.findLast(({ entry }) => entry.kind === "step" && entry.emit === emit);
    if (known?.entry.kind !== "step") return false;
    const entry = change(known.entry);
    await chrome.storage.session.set({ [known.key]: entry });
    known.entry = entry;
    return true;
  }

  /** Keeps these entries only. */
  async keep(entries: readonly Entry[]): Promise<void> {
    const gone = this.log.filter(({ entry }) => !entries.includes(entry));
    this.log = this.log.filter(({ entry }) => entries.includes(entry));
    await chrome.storage.session.remove(gone.map(({ key }) => key));
    await this.change({ upload: null });
  }
}
