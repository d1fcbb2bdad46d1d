/** The toolbar button says what is going on: letters, a colour and a sentence. */

import type { Recording } from "./shelf";

export async function showBadge(recording: Recording | null): Promise<void> {
  const { text, color, title } = badgeOf(recording);
  await Promise.all([
    chrome.action.setBadgeText({ text }),
    chrome.action.setBadgeBackgroundColor({ color }),
    chrome.action.setBadgeTextColor({ color: "#ffffff" }),
    chrome.action.setTitle({ title }),
  ]);
}

function badgeOf(recording: Recording | null): { text: string; color: string; title: string } {
  if (recording?.pending) return { text: "?", color: "#6438bd", title: "Choose what to check" };
  if (recording?.picking) return { text: "◎", color: "#6438bd", title: "Point at an element to check, or press Escape" };
  if (recording?.problem) return { text: "!", color: "#7d5900", title: recording.problem };
  switch (recording?.phase) {
    case "recording":
      return { text: "REC", color: "#b02020", title: "Recording this page" };
    case "paused":
      return { text: "II", color: "#7d5900", title: "The recording is paused" };
    case "stopped":
      return { text: "●", color: "#56534d", title: "A recording waits to be saved" };
    default:
      return { text: "", color: "#56534d", title: "Proscenium recorder" };
  }
}
