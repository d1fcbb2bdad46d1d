import { describe, expect, it } from "vitest";
import { ClickCounter } from "@/features/live/click-count.ts";
import { placeInside, toPage, toStage } from "@/features/live/geometry.ts";
import { isOurs, type KeyLike, keyMessage } from "@/features/live/key-message.ts";
import { modifierBits, remapCommand } from "@/features/live/modifiers.ts";

const key = (over: Partial<KeyLike>): KeyLike => ({
  key: "a",
  code: "KeyA",
  location: 0,
  repeat: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...over,
});

describe("the stage", () => {
  it("keeps the page's shape and centres it", () => {
    expect(placeInside({ width: 1000, height: 1000 }, { width: 1280, height: 720 }, 2)).toMatchObject({
      x: 0,
      y: 218,
      width: 1000,
      height: 563,
    });
  });

  it("does not enlarge beyond its limit", () => {
    expect(placeInside({ width: 4000, height: 4000 }, { width: 390, height: 844 }, 1)).toMatchObject({ width: 390, height: 844, scale: 1 });
  });

  it("has no place for a page without a size", () => {
    expect(placeInside({ width: 100, height: 100 }, { width: 0, height: 0 }, 1)).toMatchObject({ width: 0, height: 0 });
  });

  it("maps a point of the window to the page's pixels", () => {
    const stage = { x: 100, y: 50, width: 640, height: 360 };
    expect(toPage({ x: 420, y: 230 }, stage, { width: 1280, height: 720 })).toEqual({ x: 640, y: 360 });
  });

  it("keeps a drag that leaves it inside the viewport", () => {
    const stage = { x: 0, y: 0, width: 100, height: 100 };
    expect(toPage({ x: -30, y: 999 }, stage, { width: 200, height: 200 })).toEqual({ x: 0, y: 199.99 });
  });

  it("draws a box of the page where the page is drawn", () => {
    expect(toStage({ x: 10, y: 20, width: 30, height: 40 }, 0.5)).toEqual({ x: 5, y: 10, width: 15, height: 20 });
  });
});

describe("a key", () => {
  it("types its character whatever the layout", () => {
    expect(keyMessage("down", key({ key: "é", code: "Digit2" }), false)).toMatchObject({ key: "é", code: "Digit2", text: "é", mods: 0 });
  });

  it("goes up without text", () => {
    expect(keyMessage("up", key({}), false)).not.toHaveProperty("text");
  });

  it("with Ctrl is a command, not text", () => {
    const message = keyMessage("down", key({ ctrlKey: true }), false);
    expect(message.mods).toBe(2);
    expect(message).not.toHaveProperty("text");
  });

  it("with AltGr types what the layout puts there", () => {
    expect(keyMessage("down", key({ key: "@", code: "KeyQ", ctrlKey: true, altKey: true }), false)).toMatchObject({ text: "@", mods: 0 });
  });

  it("with ⌘ on an Apple keyboard is a Ctrl chord on the server", () => {
    const message = keyMessage("down", key({ metaKey: true }), true);
    expect(message.mods).toBe(2);
    expect(message).not.toHaveProperty("text");
    expect(keyMessage("down", key({ key: "Meta", code: "MetaLeft", metaKey: true }), true)).toMatchObject({
      key: "Control",
      code: "ControlLeft",
    });
  });

  it("named by a word types nothing", () => {
    expect(keyMessage("down", key({ key: "Enter", code: "Enter" }), false)).not.toHaveProperty("text");
  });

  it("leaves the stage with Ctrl Shift Escape only", () => {
    expect(isOurs(key({ key: "Escape", ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(isOurs(key({ key: "Escape" }))).toBe(false);
  });
});

describe("modifiers", () => {
  it("count as the browser protocol counts", () => {
    expect(modifierBits(key({ altKey: true, ctrlKey: true, metaKey: true, shiftKey: true }))).toBe(15);
  });

  it("leave ⌘ alone elsewhere", () => {
    expect(remapCommand(4, false)).toBe(4);
  });
});

describe("clicks", () => {
  it("at the same place and soon after make a double click", () => {
    const clicks = new ClickCounter();
    expect([clicks.down(0, 0, { x: 5, y: 5 }), clicks.down(200, 0, { x: 6, y: 5 }), clicks.down(380, 0, { x: 6, y: 6 })]).toEqual([
      1, 2, 3,
    ]);
  });

  it.each([
    ["late", 900, 0, 5],
    ["elsewhere", 100, 0, 40],
    ["with another button", 100, 2, 5],
  ])("that come %s begin again", (_, at, button, x) => {
    const clicks = new ClickCounter();
    clicks.down(0, 0, { x: 5, y: 5 });
    expect(clicks.down(at, button, { x, y: 5 })).toBe(1);
  });
});
