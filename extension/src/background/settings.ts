/** Where recordings are uploaded to. Kept in the extension's own storage, which scripts in pages are shut out of. */

export interface Settings {
  /** Address of the server without a slash at the end; empty when none is set. */
  server: string;
  token: string;
}

const none: Settings = { server: "", token: "" };

/** Scripts in pages may read the local storage of their extension unless it is closed to them. */
export function closeStorage(): Promise<void> {
  return chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
}

export async function settings(): Promise<Settings> {
  return { ...none, ...(await chrome.storage.local.get({ ...none })) };
}

export function saveSettings(settings: Settings): Promise<void> {
  return chrome.storage.local.set({ ...settings });
}

/** The address as it is used, or what is wrong with it. */
export function readServer(text: string): { server: string } | { problem: string } {
  const typed = text.trim();
  if (typed === "") return { problem: "Enter the address that the server printed, such as http://127.0.0.1:7777." };
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (!URL.canParse(withScheme)) return { problem: `“${typed}” is not an address.` };
  const { protocol, origin, pathname } = new URL(withScheme);
  if (protocol !== "http:" && protocol !== "https:") return { problem: "The address has to begin with http:// or https://." };
  return { server: origin + pathname.replace(/\/+$/, "") };
}
