/** The settings: which server, by which token. */

import { readServer, saveSettings, settings } from "../background/settings";
import { askBackground, byId, note, show } from "./page";
import { followSystemTheme } from "./theme";

const server = byId<HTMLInputElement>("server");
const token = byId<HTMLInputElement>("token");

/** What was typed, or `null` after saying what is wrong with it. */
function typed(): { server: string; token: string } | null {
  const address = readServer(server.value);
  const problem = "problem" in address ? address.problem : token.value.trim() === "" ? "Enter a token." : null;
  server.toggleAttribute("aria-invalid", "problem" in address);
  if ("problem" in address || problem) {
    note("outcome", "danger", problem ?? "");
    ("problem" in address ? server : token).focus();
    return null;
  }
  server.value = address.server;
  return { server: address.server, token: token.value.trim() };
}

async function save(): Promise<void> {
  const wanted = typed();
  if (!wanted) return;
  await saveSettings(wanted);
  note("outcome", "success", "Saved.");
}

async function test(): Promise<void> {
  const wanted = typed();
  if (!wanted) return;
  note("outcome", "plain", `Asking ${wanted.server}…`);
  try {
    const owner = await askBackground<string>({ from: "ui", command: "testConnection", ...wanted });
    note("outcome", "success", `Connected: the token is ${owner}'s.`);
  } catch (error) {
    note("outcome", "danger", (error as Error).message);
  }
}

async function forget(): Promise<void> {
  server.value = token.value = "";
  await saveSettings({ server: "", token: "" });
  warnOfPlain();
  note("outcome", "plain", "The server and its token are forgotten.");
}

function warnOfPlain(): void {
  const address = readServer(server.value);
  const url = "server" in address ? new URL(address.server) : null;
  show("plain", url?.protocol === "http:" && !/^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(url.hostname));
}

async function showKeys(): Promise<void> {
  const commands = await chrome.commands.getAll();
  const rows = commands.flatMap(({ name, description, shortcut }) => {
    const [what, keys] = [document.createElement("dt"), document.createElement("dd")];
    what.textContent = name === "_execute_action" ? "Open the recorder" : (description ?? "");
    keys.className = "code";
    keys.textContent = shortcut || "none";
    return [what, keys];
  });
  byId("keys").replaceChildren(...rows);
}

followSystemTheme();
byId("server-form").addEventListener("submit", (event) => {
  event.preventDefault();
  void save();
});
byId("test").addEventListener("click", () => void test());
byId("forget").addEventListener("click", () => void forget());
server.addEventListener("input", warnOfPlain);
void showKeys();
void settings().then((stored) => {
  server.value = stored.server;
  token.value = stored.token;
  warnOfPlain();
});
