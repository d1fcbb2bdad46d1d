/** Dragging: HTML5 drag and drop by its own events, everything else by what the pointer did. */

import { contains, deepElementFromPoint, eventTarget } from "../tree";
import type { Box } from "../types";
import { boxOf } from "../visible";
import type { Recorder } from "./recorder";
import { meantBy, modifiersOf, relativeTo, type StepTarget } from "./step";
import { Stroke } from "./stroke";

/** A hand is not steadier than this. */
const slackPx = 5;

/** What is dragged, and where it was grasped. */
interface Source {
  target: StepTarget;
  x: number;
  y: number;
  at: number;
  /** On what is drawn on. */
  stroke?: Stroke | undefined;
}

interface Press extends Source {
  element: Element;
  box: Box;
  selection: string;
  far: boolean;
  captured: boolean;
}

export function drags(recorder: Recorder): void {
  let press: Press | undefined;
  let native: Source | undefined;

  const finish = (source: Source, event: MouseEvent, onto: Element) => {
    const target = recorder.target(onto);
    const path = source.stroke?.from(source.target.box) ?? [];
    recorder.step(
      {
        type: "drag",
        ...source.target,
        ...relativeTo(source.target.box, source.x, source.y),
        button: "left",
        modifiers: modifiersOf(event),
        ...(path.length > 1 ? { path } : {}),
        target: {
          selectors: target.selectors,
          tagName: target.tagName,
          ...(target.text ? { text: target.text } : {}),
          ...relativeTo(target.box, event.clientX, event.clientY),
          box: target.box,
        },
      },
      source.at,
    );
    recorder.shared.dragEndedAt = performance.now();
  };

  recorder.on("pointerdown", (event) => {
    press = undefined;
    const hit = eventTarget(event);
    if (event.button !== 0 || !hit || !canBeDragged(hit)) return;
    const element = graspedAt(hit);
    press = {
      element,
      target: recorder.target(element),
      box: boxOf(element),
      x: event.clientX,
      y: event.clientY,
      at: Date.now(),
      selection: String(getSelection()),
      far: false,
      captured: false,
      stroke: isDrawnOn(element) ? new Stroke() : undefined,
    };
  });

  recorder.on("pointermove", (event) => {
    press?.stroke?.move(event);
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) >= slackPx) press.far = true;
  });
  recorder.on("gotpointercapture", () => {
    if (press) press.captured = true;
  });
  recorder.on("pointercancel", () => {
    press = undefined;
  });

  recorder.on("pointerup", (event) => {
    const start = press;
    press = undefined;
    if (!start?.far || native || selectsText(start.selection)) return;
    const moved = !start.element.isConnected || distance(start.box, boxOf(start.element)) >= slackPx;
    const onto = moved ? below(start.element, event) : deepElementFromPoint(event.clientX, event.clientY);
    const left = onto !== null && !contains(start.element, onto);
    const drawn = isDrawnOn(start.element);
    if (moved) delete start.stroke;
    if (onto && (moved || left || drawn || start.captured)) finish(start, event, drawn && !moved ? start.element : meantBy(onto));
  });

  recorder.on("dragstart", (event) => {
    const hit = eventTarget(event);
    if (!hit) return;
    const pressed = press;
    const element = hit.closest("[draggable=true]") ?? hit;
    native = {
      target: pressed?.element === element ? pressed.target : recorder.target(element),
      x: pressed?.x ?? event.clientX,
      y: pressed?.y ?? event.clientY,
      at: pressed?.at ?? Date.now(),
    };
    press = undefined;
  });
  recorder.on("drop", (event) => {
    const onto = eventTarget(event);
    if (native && onto) finish(native, event, onto);
    native = undefined;
  });
  recorder.on("dragend", () => {
    native = undefined;
  });
}

function isDrawnOn(element: Element): boolean {
  return element instanceof HTMLCanvasElement || element instanceof SVGElement;
}

/** Fields select text and move their own thumbs when the pointer is dragged in them. */
function canBeDragged(element: Element): boolean {
  return !element.closest("input,textarea,select,option,[contenteditable]") && element !== document.documentElement;
}

/** A handle is what is under the pointer; a button or link is grasped as a whole. */
function graspedAt(hit: Element): Element {
  return hit.closest("[draggable=true]") ?? meantBy(hit);
}

function selectsText(before: string): boolean {
  const now = String(getSelection());
  return now !== "" && now !== before;
}

/** How far the middle went; a button that shrinks while pressed stays where it is. */
function distance(a: Box, b: Box): number {
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}

/** What lies under the pointer apart from the thing in hand. */
function below(carried: Element, event: MouseEvent): Element | null {
  for (const element of document.elementsFromPoint(event.clientX, event.clientY)) {
    if (!contains(carried, element)) return element;
  }
  return null;
}
