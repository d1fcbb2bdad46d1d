export const HEADER_LENGTH = 48;
const KIND_FRAME = 1;
const FLAG_KEY = 1;
const FLAG_REPEAT = 2;

/** What stands before the JPEG of a binary message. */
export interface FrameHeader {
  seq: number;
  /** The first frame for this viewer. */
  key: boolean;
  /** A frame seen before, sent to show that the stream lives. */
  repeat: boolean;
  /** Microseconds since 1970 on the server. */
  capturedAt: number;
  /** Our last input that the frame can show. */
  inputSeq: number;
  tab: number;
  width: number;
  height: number;
  cssWidth: number;
  cssHeight: number;
  offsetTop: number;
  pageScale: number;
  /** Frames that we were too slow for, so far. */
  dropped: number;
  /** Where the JPEG begins. */
  pictureAt: number;
}

/** Reads the header; `undefined` when the message is no frame of ours. */
export function readFrameHeader(message: ArrayBuffer): FrameHeader | undefined {
  if (message.byteLength < HEADER_LENGTH) return undefined;
  const view = new DataView(message);
  if (view.getUint8(0) !== KIND_FRAME) return undefined;
  const flags = view.getUint8(1);
  // A later server may put more behind the header; the length says where the picture begins.
  const pictureAt = view.getUint16(2, true);
  if (pictureAt < HEADER_LENGTH || pictureAt >= message.byteLength) return undefined;
  return {
    seq: view.getUint32(4, true),
    key: (flags & FLAG_KEY) !== 0,
    repeat: (flags & FLAG_REPEAT) !== 0,
    capturedAt: Number(view.getBigUint64(8, true)),
    inputSeq: view.getUint32(16, true),
    tab: view.getUint32(20, true),
    width: view.getUint16(24, true),
    height: view.getUint16(26, true),
    cssWidth: view.getFloat32(28, true),
    cssHeight: view.getFloat32(32, true),
    offsetTop: view.getFloat32(36, true),
    pageScale: view.getFloat32(40, true),
    dropped: view.getUint32(44, true),
    pictureAt,
  };
}
