/** Sends the recording to the server, once. */

import type { Upload } from "../messages";
import { documentOf, type RecordingDocument } from "../recording/document";
import { Refusal } from "./control";
import { ask, type Connection, ServerError, whoAmI } from "./server";
import { settings } from "./settings";
import { shelf } from "./shelf";

/** Pauses before the second and the third try. */
const pausesMs = [300, 1_500];

/** Starts sending what is recorded. The outcome is kept with the recording, so that a popup that closes misses nothing. */
export async function beginUpload(): Promise<{ connection: Connection; document: RecordingDocument } | null> {
  const box = await shelf();
  if (!box.recording) throw new Refusal("There is no recording to upload.");
  const connection = await settings();
  if (!connection.server || !connection.token) throw new Refusal("Set the server's address and a token in the settings first.");
  const before = box.recording.upload;
  if (before?.state === "sending") return null;
  if (before?.state === "done" && before.server === connection.server) {
    await box.change({ upload: { ...before, already: true } });
    return null;
  }
  await box.change({ upload: { state: "sending", server: connection.server } });
  return { connection, document: documentOf(box.recording.head, box.entries) };
}

/** Sends a document and says what became of it. */
export async function deliver(connection: Connection, document: RecordingDocument): Promise<Upload> {
  const { server } = connection;
  try {
    // Harmless to repeat, so it finds out whether the server is there and the token good before anything is sent.
    await patiently(() => whoAmI(connection));
    const answer = await patiently(() => sendOnce(connection, document));
    const id = (answer.data as { id?: string } | null)?.id;
    const already = answer.status === 409;
    return { state: "done", server, url: id ? `${server}/recordings/${id}` : `${server}/recordings`, already };
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return { state: "failed", server, message: error.message, settings: error.settings };
  }
}

/** Keeps the outcome with the recording that it belongs to. */
export async function endUpload(document: RecordingDocument, upload: Upload): Promise<void> {
  const box = await shelf();
  if (box.recording && document.id === `rec_${box.recording.head.startedAt}`) await box.change({ upload });
}

/** A service worker that ended while it sent does not know what the server made of it. */
export async function forgetBrokenUpload(): Promise<void> {
  const box = await shelf();
  const upload = box.recording?.upload;
  if (upload?.state !== "sending") return;
  const message = "The browser stopped the upload. Look on the server whether the recording is there before sending it again.";
  await box.change({ upload: { state: "failed", server: upload.server, message, settings: false } });
}

/** A request that broke may have arrived: sending again by itself could make the recording twice. */
async function sendOnce(connection: Connection, document: RecordingDocument): ReturnType<typeof ask> {
  try {
    return await ask(connection, "POST", "/recordings", document);
  } catch (error) {
    if (!(error instanceof ServerError) || error.again !== "broken") throw error;
    throw new ServerError(
      `The connection to ${connection.server} broke while sending. Look there whether the recording arrived before sending it again.`,
    );
  }
}

async function patiently<T>(request: () => Promise<T>): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ServerError) || error.again === "useless") throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return request();
}
