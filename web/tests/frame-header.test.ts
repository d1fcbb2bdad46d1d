import { describe, expect, it } from "vitest";
import { HEADER_LENGTH, readFrameHeader } from "@/features/live/frame-header.ts";

function message(write: (view: DataView) => void, picture = 4): ArrayBuffer {
  const buffer = new ArrayBuffer(HEADER_LENGTH + picture);
  const view = new DataView(buffer);
  view.setUint8(0, 1);
  view.setUint16(2, HEADER_LENGTH, true);
  write(view);
  return buffer;
}

describe("a frame's header", () => {
  it("has the places that the server writes", () => {
    const header = readFrameHeader(
      message((view) => {
        view.setUint8(1, 1);
        view.setUint32(4, 7, true);
        view.setBigUint64(8, 1_234_567n, true);
        view.setUint32(16, 41, true);
        view.setUint32(20, 2, true);
        view.setUint16(24, 1280, true);
        view.setUint16(26, 720, true);
        view.setFloat32(28, 640, true);
        view.setFloat32(32, 360, true);
        view.setFloat32(36, 0.5, true);
        view.setFloat32(40, 2, true);
        view.setUint32(44, 3, true);
      }),
    );
    expect(header).toEqual({
      seq: 7,
      key: true,
      repeat: false,
      capturedAt: 1_234_567,
      inputSeq: 41,
      tab: 2,
      width: 1280,
      height: 720,
      cssWidth: 640,
      cssHeight: 360,
      offsetTop: 0.5,
      pageScale: 2,
      dropped: 3,
      pictureAt: 48,
    });
  });

  it("says when a frame is only a sign of life", () => {
    expect(readFrameHeader(message((view) => view.setUint8(1, 2)))?.repeat).toBe(true);
  });

  it("may grow: the picture begins where the length says", () => {
    expect(readFrameHeader(message((view) => view.setUint16(2, 56, true), 20))?.pictureAt).toBe(56);
  });

  it.each([
    ["too short", new ArrayBuffer(12)],
    ["of another kind", message((view) => view.setUint8(0, 9))],
    ["with a length beyond its end", message((view) => view.setUint16(2, 400, true))],
    ["without a picture", message(() => undefined, 0)],
  ])("is refused when the message is %s", (_, buffer) => {
    expect(readFrameHeader(buffer)).toBeUndefined();
  });
});
