/** What the browser side can call: `globalThis.__proscenium.<function>(…)`, JSON in and out. */

import { actionable } from "./actionable";
import { check } from "./check";
import { describe, pick } from "./describe";
import { element, elementAt } from "./element";
import { fillPrepare, fillVerify, focus } from "./fill";
import { ownerOffset, ownerPoint } from "./owner_point";
import { selectOption } from "./select";
import { state } from "./state";

const api = {
  actionable,
  fillPrepare,
  fillVerify,
  focus,
  selectOption,
  state,
  check,
  element,
  elementAt,
  ownerPoint,
  ownerOffset,
  describe,
  pick,
};

export type PageApi = typeof api;

declare global {
  var __proscenium: PageApi | undefined;
}

// A second evaluation in the same world must not lose a running recorder.
globalThis.__proscenium ??= api;
