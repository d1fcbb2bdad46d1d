import { expect, test } from "./support/fixtures";
import type { Popup, Recorder } from "./support/recorder";
import { kept, type Reply, ScriptedServer, signedIn } from "./support/scripted-server";
import { openSettings, setServer } from "./support/settings";

const me = "GET /api/v1/auth/me";
const post = "POST /api/v1/recordings";
const refused: Reply = { status: 401, body: { success: false, error: { code: "unauthenticated", message: "Sign in first." } } };
const nobody: Reply = { status: 200, body: { success: true, data: { user: null } } };
const busy: Reply = { status: 503, body: "<h1>Starting</h1>" };
const conflict: Reply = { status: 409, body: { success: false, error: { code: "duplicate", message: "It is here already." } } };
const invalid: Reply = {
  status: 422,
  body: { success: false, error: { code: "invalid_recording", message: "This is not a recording: url is missing." } },
};
const elsewhere: Reply = { status: 200, body: "<h1>Welcome to my blog</h1>" };

async function recorded(recorder: Recorder, url: string): Promise<Popup> {
  const page = await recorder.open(url);
  const popup = await recorder.popup();
  await popup.start();
  await page.getByLabel("Plus").click();
  await popup.press("Stop");
  await popup.expectSteps(["Check “Plus” field"]);
  return popup;
}

test("each answer of a server is said in words, with the way out, and tried again only where that makes nothing twice", async ({
  recorder,
  site,
}) => {
  const popup = await recorded(recorder, `${site.origin}/form`);
  for (const { replies, says, settings = false, posts } of [
    { replies: { [me]: [nobody] }, says: /does not know this token.*proscenium link --token/, settings: true, posts: 0 },
    { replies: { [me]: [signedIn], [post]: [refused] }, says: /does not accept this token/, settings: true, posts: 1 },
    { replies: { [me]: [elsewhere] }, says: /not as a Proscenium server/, settings: true, posts: 0 },
    { replies: { [me]: [signedIn], [post]: [invalid] }, says: /This is not a recording: url is missing/, posts: 1 },
    { replies: { [me]: [signedIn], [post]: ["hang up" as const] }, says: /broke while sending.*Look there/, posts: 1 },
    { replies: { [me]: [busy, signedIn], [post]: [busy, kept] }, says: /^Uploaded/, posts: 2 },
    { replies: { [me]: [signedIn], [post]: [conflict] }, says: /It is on the server already/, posts: 1 },
  ]) {
    const server = await ScriptedServer.start(replies);
    await popup.page.evaluate((url) => chrome.storage.local.set({ server: url, token: "pss_token" }), server.url);
    await expect(popup.button("Upload")).toHaveAttribute("title", `To ${server.url}`);
    await popup.press("Upload");
    const outcome = popup.page.locator("#upload-outcome");
    await expect(outcome).toContainText(says);
    await expect(outcome.getByRole("button", { name: "Open settings" })).toHaveCount(settings ? 1 : 0);
    expect(server.asked.filter((what) => what === post)).toHaveLength(posts);
    server.stop();
  }
});

test("a server that is gone is named, and the recording stays", async ({ recorder, site }) => {
  const popup = await recorded(recorder, `${site.origin}/form`);
  await setServer(recorder, site.deadOrigin, "pss_token");
  await popup.press("Upload");
  await expect(popup.page.getByText(`Sending to ${site.deadOrigin}…`)).toBeVisible();
  await expect(popup.page.getByText(`${site.deadOrigin} cannot be reached`)).toBeVisible();
  await popup.expectSteps(["Check “Plus” field"]);
  await expect(popup.button("Upload")).toBeEnabled();
});

test("the settings refuse what is no address and say when a connection is not encrypted", async ({ recorder, site }) => {
  const page = await openSettings(recorder);
  const address = page.getByRole("textbox", { name: "Address" });
  for (const [typed, says] of [
    ["", /Enter the address/],
    ["ftp://studio.example", /http:\/\/ or https:\/\//],
    ["http://", /is not an address/],
  ] as const) {
    await address.fill(typed);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(says)).toBeVisible();
    await expect(address).toBeFocused();
  }
  await address.fill("http://studio.example:7777");
  await expect(page.getByText("This address is not encrypted")).toBeVisible();
  await address.fill(site.deadOrigin);
  await expect(page.getByText("This address is not encrypted")).toBeHidden();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Enter a token.")).toBeVisible();
  await page.getByLabel("Token").fill("pss_token");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("cannot be reached. Is `proscenium serve` running there")).toBeVisible();
  await page.getByRole("button", { name: "Forget server" }).click();
  await expect(address).toHaveValue("");
});
