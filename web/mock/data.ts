/** Fixtures in the shapes of the API. Ids look like UUIDv7. */

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
export const id = (kind: number, n: number) => `0199c8f2-4a1${kind}-7b3e-9d10-${String(n).padStart(12, "0")}`;
const viewport = { width: 1280, height: 720, deviceScaleFactor: 1, mobile: false, touch: false };
export const picture = "/api/v1/mock/picture.jpg";

export const me = { user: { id: id(0, 1), name: "owner", hasPassword: false } as object | null, setupRequired: false };

export const sessions = [
  ["Checkout flow", "http://127.0.0.1:5199/mock-site/shop.html", "live", "recording", 4, 2, 340],
  ["Docs search", "https://docs.example.org/guide", "live", "idle", 0, 1, 1280],
  ["", "https://shop.example/account/orders", "live", "paused", 11, 1, 5400],
  ["Newsletter", "https://news.example/today", "stopped", "idle", 7, 0, 26_000],
].map(([name, url, status, state, steps, viewers, seconds], n) => ({
  id: id(1, n + 1),
  name,
  url,
  status,
  browser: { name: "Chromium", version: "142.0" },
  viewport,
  recording: { state, steps },
  viewers,
  errors: n,
  createdAt: ago(Number(seconds)),
  endedAt: status === "stopped" ? ago(20_000) : undefined,
  thumbnail: `/api/v1/sessions/${id(1, n + 1)}/thumbnail`,
}));

const selectors = (name: string, testId: string) => [
  { strategy: "data-testid", value: testId, priority: 1, confidence: 95 },
  { strategy: "role", value: `button[name="${name}"]`, priority: 2, confidence: 89 },
  { strategy: "text-content", value: name, priority: 3, confidence: 75 },
  { strategy: "css", value: "main > section.hero > div:nth-child(1) > div.row > button#add", priority: 4, confidence: 65 },
  { strategy: "xpath", value: "//section[1]/div[1]/div[1]/button[1]", priority: 5, confidence: 55 },
  { strategy: "position", value: "section > div > button:nth-of-type(1)", priority: 6, confidence: 30 },
];

const page = "https://shop.example/";
const step = (n: number, type: string, rest: object) => ({
  id: `act_${String(n).padStart(3, "0")}`,
  type,
  timestamp: n * 1400,
  completedAt: n * 1400 + 220,
  url: page,
  picture,
  ...rest,
});

export const document = {
  id: "rec_1763700000000",
  version: "1.0.0",
  testName: "Checkout flow",
  url: page,
  startTime: ago(86_400),
  viewport: { width: 1280, height: 720 },
  userAgent: "Mozilla/5.0",
  actions: [
    step(1, "navigation", { to: page, navigationTrigger: "manual" }),
    step(2, "click", {
      tagName: "button",
      text: "Add to cart",
      selectors: selectors("Add to cart", "add"),
      button: "left",
      clickCount: 1,
      box: { x: 40, y: 264, width: 119, height: 44 },
    }),
    step(3, "select", {
      tagName: "select",
      selectedText: "Smoke",
      selectedValue: "Smoke",
      selectors: [{ strategy: "label", value: "Shade", priority: 1, confidence: 87 }],
    }),
    step(4, "input", {
      tagName: "input",
      value: "${EMAIL}",
      variableName: "EMAIL",
      selectors: [
        { strategy: "label", value: "Email", priority: 1, confidence: 87 },
        { strategy: "placeholder", value: "Email for news", priority: 2, confidence: 83 },
      ],
    }),
    step(5, "input", {
      tagName: "input",
      value: "${PASSWORD}",
      variableName: "PASSWORD",
      isSensitive: true,
      inputType: "password",
      selectors: [{ strategy: "name", value: "password", priority: 1, confidence: 85 }],
    }),
    step(6, "keypress", { key: "Enter", code: "Enter", modifiers: [] }),
    step(7, "checkpoint", {
      checkType: "containsText",
      expectedValue: "Thank you",
      selectors: [{ strategy: "id", value: "said", priority: 1, confidence: 90 }],
    }),
    step(8, "wait", { waitFor: "duration", value: 500 }),
    step(9, "hover", { tagName: "div", text: "Paper moon", selectors: selectors("Paper moon", "card-1"), isOptional: true }),
    step(10, "drag", { tagName: "div", text: "Harbour", selectors: selectors("Harbour", "card-4"), target: { selectors: [] } }),
    step(11, "upload", {
      files: [{ name: "invoice.pdf", size: 48_210 }],
      selectors: [{ strategy: "label", value: "Invoice", priority: 1, confidence: 87 }],
    }),
    step(12, "checkpoint", { checkType: "urlContains", expectedUrl: "/thanks", negated: false }),
  ],
  variables: [
    { name: "EMAIL", description: "Who gets the receipt", fieldType: "email", selector: "input[type=email]", placeholder: "${EMAIL}" },
    { name: "PASSWORD", fieldType: "password", selector: "input[type=password]", placeholder: "${PASSWORD}" },
  ],
};

export const recordings = [
  ["Checkout flow", page, 12, "failed", 180],
  ["Sign in and out", "https://shop.example/account", 7, "passed", 900],
  ["Search the docs and open the second result of the list", "https://docs.example.org/guide", 9, "passed", 4200],
  ["Newsletter", "https://news.example/today", 5, undefined, 86_000],
  ["Upload an invoice", "https://books.example/invoices/new", 15, "running", 12],
].map(([name, url, steps, last, seconds], n) => ({
  id: id(2, n + 1),
  name: String(name),
  url,
  steps,
  revision: 3,
  viewport,
  createdAt: ago(90_000),
  updatedAt: ago(Number(seconds) + 60),
  lastRun: last ? { id: id(3, n + 1), status: last, finishedAt: last === "running" ? undefined : ago(Number(seconds)) } : undefined,
  thumbnail: picture,
}));

const titles = [
  "Open shop.example",
  "Click “Add to cart” button",
  "Choose “Smoke” in “Shade”",
  "Type ${EMAIL} in “Email”",
  "Type ${PASSWORD} in “password”",
  "Press Enter",
  "Check “said” contains “Thank you”",
  "Wait 500 ms",
  "Hover “Paper moon”",
  "Drag “Harbour”",
  "Upload “invoice.pdf”",
  "Check address contains “/thanks”",
];
const took = [820, 96, 41, 230, 190, 64, 5000, 0, 0, 0, 0, 0];

export function run(n: number, status: string, seconds: number, failedAt?: number) {
  const total = titles.length;
  const passed = status === "passed" ? total : status === "queued" ? 0 : failedAt !== undefined ? failedAt : status === "running" ? 4 : 5;
  const failed = status === "failed" ? 1 : 0;
  const over = !["queued", "running"].includes(status);
  const source = recordings[(n - 1) % recordings.length];
  return {
    id: id(3, n),
    recordingId: source?.id,
    recordingName: source?.name,
    status,
    browser: "chromium",
    timingMode: "fast",
    stepsTotal: total,
    stepsPassed: passed,
    stepsFailed: failed,
    stepsSkipped: 0,
    stepsHealed: n === 2 ? 1 : 0,
    healed: n === 2,
    createdAt: ago(seconds + 2),
    startedAt: status === "queued" ? undefined : ago(seconds),
    finishedAt: over ? ago(seconds - 6) : undefined,
    durationMs: over ? 3100 + ((n * 977) % 6200) : undefined,
    error: failed ? { code: "check_failed", message: "The element does not contain the text", step: failedAt } : undefined,
    attempt: 1,
  };
}

export const runs = [
  run(1, "failed", 180, 6),
  run(2, "passed", 900),
  run(5, "running", 4),
  run(4, "queued", 1),
  ...Array.from({ length: 26 }, (_, n) =>
    run(n + 6, n % 7 === 3 ? "failed" : n % 11 === 5 ? "cancelled" : "passed", 2000 + n * 3400, n % 7 === 3 ? 4 : undefined),
  ),
];

const healed = {
  before: { strategy: "data-testid", value: "add", description: "Click “Add to cart” button" },
  after: {
    selectors: [
      { strategy: "data-testid", value: "buy-box-submit", priority: 1, confidence: 95 },
      { strategy: "role", value: 'button[name="Add to basket"]', priority: 1, confidence: 93 },
      { strategy: "text-content", value: "Add to basket", priority: 7, confidence: 75 },
      { strategy: "css", value: '[data-testid="buy-box-submit"]', priority: 9, confidence: 65 },
      { strategy: "xpath", value: '//button[normalize-space()="Add to basket"]', priority: 10, confidence: 55 },
    ],
    description: "button “Add to basket”",
    fingerprint: { kind: "press", role: "button", name: "Add to basket", tag: "button" },
  },
  score: 0.84,
  runnerUp: { score: 0.41, description: "button “Add to wish list”" },
};

export function runSteps(of: (typeof runs)[number]) {
  const reached = of.stepsPassed + of.stepsFailed;
  let at = of.startedAt ? Date.parse(of.startedAt) : 0;
  return titles.map((title, index) => {
    const status =
      index < of.stepsPassed
        ? "passed"
        : index < reached
          ? "failed"
          : of.status === "running" && index === reached
            ? "running"
            : of.status === "passed"
              ? "passed"
              : "pending";
    const durationMs = status === "passed" || status === "failed" ? took[index] || 60 + index * 12 : undefined;
    const startedAt = status === "pending" ? undefined : new Date(at).toISOString();
    at += (durationMs ?? 0) + 70;
    const failed = status === "failed";
    return {
      index,
      id: `act_${String(index + 1).padStart(3, "0")}`,
      type: document.actions[index]?.type ?? "click",
      title,
      status,
      startedAt,
      durationMs,
      healed: of.healed && index === 1 ? healed : undefined,
      matched:
        status === "passed" && index > 0 && !(of.healed && index === 1)
          ? { strategy: "data-testid", value: "add", index: index === 3 ? 1 : 0 }
          : undefined,
      retries: index === 2 && status === "passed" ? 1 : 0,
      waits: ["waited 12 ms for the element to be stable", "scrolled into view"],
      expected: failed ? "contains “Thank you”" : undefined,
      actual: failed ? "“Please enter a valid address.”" : undefined,
      error: failed
        ? {
            code: "check_failed",
            message: "The element does not contain the text",
            detail: "It was looked at 61 times in 5.00 s and said “Please enter a valid address.” each time.",
            callLog: [
              "locate id=said",
              "found 1 element, visible",
              "text is “Please enter a valid address.”",
              "retrying until 5000 ms have passed",
              "gave up after 5000 ms",
            ],
            tried: [
              { strategy: "id", value: "said", count: 1 },
              { strategy: "css-semantic", value: "p:has-text('Thank you')", count: 0 },
            ],
          }
        : undefined,
      screenshot: status === "passed" || failed ? { artifactId: id(4, 1), url: picture } : undefined,
      url: page,
    };
  });
}

const line = (level: string, text: string, seconds: number) => ({
  level,
  text,
  at: ago(seconds),
  url: "https://shop.example/assets/cart.js",
  line: 42,
});
export const consoleLines = [
  line("log", "cart 1", 190),
  line("info", "Hydrated in 84 ms", 189),
  line("warning", "“imagesrcset” is deprecated and will be removed", 187),
  line(
    "error",
    "Uncaught (in promise) TypeError: Cannot read properties of undefined (reading 'total')\n    at submit (cart.js:42:18)",
    184,
  ),
];
export const networkLines = [
  { method: "POST", url: "https://shop.example/api/v2/subscribe?source=hero&campaign=winter-evenings-2026", status: 422, at: ago(184) },
  { method: "GET", url: "https://cdn.example/fonts/loom-variable.woff2", error: "net::ERR_NAME_NOT_RESOLVED", at: ago(188) },
];

export const errors = [
  ["exception", "error", "TypeError: Cannot read properties of undefined (reading 'total')", 14, 184],
  ["step", "error", "The element does not contain the text", 3, 180],
  ["network", "warning", "POST https://shop.example/api/v2/subscribe answered 422", 6, 184],
  ["console", "warning", "“imagesrcset” is deprecated and will be removed", 31, 900],
  ["navigation", "error", "books.example refused the connection", 1, 8000],
  ["crash", "fatal", "The page's process ended", 1, 90_000],
].map(([kind, severity, message, count, seconds], n) => ({
  id: id(5, n + 1),
  kind,
  severity,
  message,
  detail: n === 1 ? "Expected it to contain “Thank you”, it said “Please enter a valid address.”" : undefined,
  stack:
    n === 0
      ? "TypeError: Cannot read properties of undefined (reading 'total')\n    at submit (https://shop.example/assets/cart.js:42:18)\n    at HTMLButtonElement.onclick (https://shop.example/assets/cart.js:61:5)"
      : undefined,
  url: "https://shop.example/cart",
  sessionId: n % 2 === 0 ? id(1, 1) : undefined,
  runId: n % 2 === 1 ? id(3, 1) : undefined,
  stepIndex: n === 1 ? 6 : undefined,
  occurredAt: ago(Number(seconds)),
  count,
  evidence: {
    screenshot: { artifactId: id(4, 1), url: picture },
    before: [{ artifactId: id(4, 2), url: picture }],
    console: consoleLines,
    network: networkLines,
  },
}));

export const artifacts = ["fullPage", "dom", "console", "network"].map((kind, n) => ({
  id: id(4, n + 10),
  kind,
  name: `${kind}-2026-11-21`,
  contentType: kind === "fullPage" ? "image/jpeg" : "application/json",
  size: 48_000,
  sha256: "0".repeat(64),
  createdAt: ago(180),
  url: kind === "fullPage" ? picture : `/api/v1/artifacts/${id(4, n + 10)}/content?kind=${kind}`,
}));

export const health = {
  status: "ok",
  version: "0.1.0",
  uptimeMs: 5_432_000,
  browser: { available: true, name: "Chromium", version: "142.0" },
  workers: 4,
  queue: { queued: 1, running: 1 },
  renders: { size: 2, busy: 1, started: 3, replaced: { jobs: 1 } },
  sessions: 3,
};

export const doctor = {
  checks: [
    { name: "Chromium", status: "ok", detail: "142.0.7444.59 at /usr/bin/chromium" },
    { name: "Headless shell", status: "ok", detail: "142.0.7444.59 at /usr/bin/chromium-headless-shell" },
    { name: "Sandbox", status: "warning", detail: "off because the server runs as root", help: "Run it as another user to switch it on." },
    { name: "Fonts", status: "ok", detail: "307 families, Latin, CJK and emoji" },
    { name: "ffmpeg", status: "missing", detail: "not found", help: "apt install ffmpeg" },
    { name: "Data folder", status: "ok", detail: "~/.local/share/proscenium, 212 GB free" },
  ],
};
