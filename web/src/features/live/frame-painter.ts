import { type FrameHeader, readFrameHeader } from "./frame-header.ts";

export interface PainterEvents {
  /** The frame and all before it have been shown. */
  drawn: (header: FrameHeader, bytes: number) => void;
}

/**
 * Decodes frames and draws the newest. While one is being decoded only the latest that arrives is kept, so a slow screen
 * shows the present, not the past.
 */
export class FramePainter {
  #canvas: HTMLCanvasElement | undefined;
  #context: CanvasRenderingContext2D | null = null;
  #waiting: ArrayBuffer | undefined;
  #busy = false;
  #events: PainterEvents;
  /** Header of what the canvas shows. */
  shown: FrameHeader | undefined;

  constructor(events: PainterEvents) {
    this.#events = events;
  }

  attach(canvas: HTMLCanvasElement | null): void {
    this.#canvas = canvas ?? undefined;
    this.#context = canvas?.getContext("2d", { alpha: false, desynchronized: true }) ?? null;
    if (canvas && this.#waiting && !this.#busy) this.#next();
  }

  push(message: ArrayBuffer): void {
    this.#waiting = message;
    if (!this.#busy) this.#next();
  }

  async #next(): Promise<void> {
    const message = this.#waiting;
    if (!message || !this.#context) return;
    this.#waiting = undefined;
    const header = readFrameHeader(message);
    if (!header) return;
    this.#busy = true;
    try {
      const picture = new Uint8Array(message, header.pictureAt);
      const bitmap = await createImageBitmap(new Blob([picture], { type: "image/jpeg" }));
      this.#draw(bitmap, header);
      bitmap.close();
    } catch {
      // A frame that cannot be decoded is skipped; it is acknowledged below so that the stream goes on.
    } finally {
      this.#busy = false;
    }
    this.#events.drawn(header, message.byteLength);
    if (this.#waiting) this.#next();
  }

  #draw(bitmap: ImageBitmap, header: FrameHeader): void {
    const canvas = this.#canvas;
    if (!canvas || !this.#context) return;
    if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
    }
    this.#context.drawImage(bitmap, 0, 0);
    this.shown = header;
  }
}
