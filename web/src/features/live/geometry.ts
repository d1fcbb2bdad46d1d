import type { Box } from "./protocol.ts";

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** The largest box of the picture's shape inside the room, centred, never enlarged above `maxScale`. */
export function placeInside(room: Size, picture: Size, maxScale: number): Box & { scale: number } {
  if (room.width <= 0 || room.height <= 0 || picture.width <= 0 || picture.height <= 0) {
    return { x: 0, y: 0, width: 0, height: 0, scale: 1 };
  }
  const scale = Math.min(room.width / picture.width, room.height / picture.height, maxScale);
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  return { x: Math.floor((room.width - width) / 2), y: Math.floor((room.height - height) / 2), width, height, scale };
}

/** A point of the window as CSS pixels of the page, kept inside the viewport. */
export function toPage(client: Point, stage: Box, page: Size): Point {
  const x = ((client.x - stage.x) / stage.width) * page.width;
  const y = ((client.y - stage.y) / stage.height) * page.height;
  return { x: clamp(x, page.width), y: clamp(y, page.height) };
}

/** A box of the page as pixels of the stage. */
export function toStage(box: Box, scale: number): Box {
  return { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
}

function clamp(value: number, size: number): number {
  // Two decimals are finer than any screen and halve the message.
  return Math.round(Math.min(Math.max(value, 0), Math.max(size - 0.01, 0)) * 100) / 100;
}
