/** What the browser side can call: `globalThis.__proscenium.<function>(…)`, JSON in and out. */

import { actionable } from "./actionable";
import { check } from "./check";
import { clickables } from "./clickables";
import { describe, pick as pickAt, surveyor } from "./describe";
import { dump } from "./dump";
import { element, elementAt } from "./element";
import { fillPrepare, fillVerify, focus } from "./fill";
import { landing } from "./guard";
import { highlight } from "./highlight";
import { listening } from "./listening";
import * as live from "./live";
import { ownerOffset, ownerPoint } from "./owner_point";
import * as picture from "./picture";
import { commitHoversFor, pause, recording, resume, settle, start, stop } from "./record/recorder";
import { selectOption } from "./select";
import { selection } from "./selection";
import { spot } from "./spot";
import { state } from "./state";
import { boxOf } from "./visible";

/** Picking is the start of a check, which needs the hovers that brought the element up. */
function pick(x: number, y: number): ReturnType<typeof pickAt> {
  const at = elementAt(x, y);
  if (at) commitHoversFor(at);
  return pickAt(x, y);
}

const api = {
  actionable,
  landing,
  fillPrepare,
  fillVerify,
  focus,
  selectOption,
  state,
  listening,
  check,
  element,
  elementAt,
  spot,
  ownerPoint,
  ownerOffset,
  describe,
  surveyor,
  box: boxOf,
  pick,
  clickables,
  highlight,
  dump,
  selection,
  picture: { hold: picture.hold, release: picture.release, change: picture.change },
  record: { start, pause, resume, settle, stop, state: recording },
  live: { start: live.start, stop: live.stop, choose: live.choose },
};

export type PageApi = typeof api;

declare global {
  var __proscenium: PageApi | undefined;
}

// A second evaluation in the same world must not lose a running recorder.
globalThis.__proscenium ??= api;
