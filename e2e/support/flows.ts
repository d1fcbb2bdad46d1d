// What a person does on pages written by other people; recorded, it is performed again elsewhere.
import type { Page } from "@playwright/test";
import type { LiveSession } from "./live-session.js";

/** A day with TodoMVC: write three, finish one, rename one, look at the open ones, clear; checked on the way. */
export async function workThroughTodos(live: LiveSession): Promise<void> {
  const field = "#new-todo, .new-todo";
  const items = "#todo-list li, .todo-list li";
  await live.waitForRemote(field);
  await live.click(field);
  // As a person would: this old Vue takes the field over a frame late, and an Enter in the same frame leaves the text in it.
  for (const [index, title] of ["Buy milk", "Write tests", "Sleep"].entries()) {
    await live.type(title);
    await live.expectRemote(`document.querySelector(${JSON.stringify(field)}).value`, title);
    await live.press("Enter");
    await live.expectRemote(
      `[document.querySelectorAll(${JSON.stringify(items)}).length, document.querySelector(${JSON.stringify(field)}).value]`,
      [index + 1, ""],
    );
  }
  await live.expectRemote(`[...document.querySelectorAll(${JSON.stringify(items)})].map((one) => one.textContent.trim())`, [
    "Buy milk",
    "Write tests",
    "Sleep",
  ]);
  await live.click(`#todo-list li:nth-child(2) .toggle, .todo-list li:nth-child(2) .toggle`);
  await live.expectRemote(`document.querySelectorAll("#todo-list li.completed, .todo-list li.completed").length`, 1);
  // Double-click renames.
  await live.click(`#todo-list li:nth-child(1) label, .todo-list li:nth-child(1) label`, { fx: 0.1, count: 2 });
  await live.waitForRemote("li.editing .edit");
  await live.press("Control+A");
  await live.type("Buy oat milk");
  await live.press("Enter");
  await live.expectRemote(`document.querySelector(${JSON.stringify(items)}).textContent.trim()`, "Buy oat milk");
  await live.click("a[href='#/active']");
  await live.expectRemote("location.hash", "#/active");
  await live.addCheck("#todo-list li:last-child label, .todo-list li:last-child label", "Has text", "Sleep");
  await live.click("a[href='#/'], a[href='#/all']");
  // The finished one comes back and moves what is below it.
  await live.expectRemote(`document.querySelectorAll(${JSON.stringify(items)}).length`, 3);
  await live.click("#clear-completed, .clear-completed");
  await live.expectRemote(`document.querySelectorAll(${JSON.stringify(items)}).length`, 2);
  await live.addCheck("#todo-list li:nth-child(1) label, .todo-list li:nth-child(1) label", "Has text", "Buy oat milk");
}

/** Everything on the actions page of Cypress' kitchen sink that a recording can hold. */
export async function workThroughActions(live: LiveSession, _base: string, studio: Page): Promise<void> {
  await live.waitForRemote(".action-email");
  await live.fill(".action-email", "fake@email.test");
  await live.fill(".action-blur", "About to blur");
  await live.press("Tab");
  await live.expectRemote("document.querySelector('.action-blur').classList.contains('error')", true);
  await live.fill("#couponCode1", "HALFOFF");
  await live.press("Enter");
  await live.expectRemote(
    "document.querySelector('.action-form').nextElementSibling?.textContent ?? null",
    "Your form has been submitted!",
  );
  await live.click(".action-btn");
  await live.expectRemote("document.querySelector('.popover-content')?.textContent ?? null", "This popover shows up on click");
  await live.click("#action-canvas", { fx: 0.2, fy: 0.7 });
  await live.click(".action-div", { fx: 0.1, count: 2 });
  await live.expectRemote("document.querySelector('.action-input-hidden').classList.contains('hidden')", false);
  await live.click(".rightclick-action-div", { fx: 0.1, button: "right" });
  await live.expectRemote("document.querySelector('.rightclick-action-input-hidden').classList.contains('hidden')", false);
  await live.click(".action-checkboxes [value=checkbox1]");
  await live.click(".action-checkboxes [value=checkbox3]");
  await live.click(".action-select");
  await studio.getByRole("listbox", { name: "Options" }).getByRole("option", { name: "bananas" }).click();
  await live.expectRemote("document.querySelector('.action-select').value", "fr-bananas");
  await live.addCheck(".action-select", "Has value", "fr-bananas");
}

/** The other pages of the kitchen sink on which a person can do something without the network, each opened by its address. */
export async function workThroughCommands(live: LiveSession, base: string): Promise<void> {
  const open = async (page: string, ready: string) => {
    await live.goto(`${base}/commands/${page}`);
    await live.waitForRemote(ready);
  };
  await live.waitForRemote("#inputName");
  await live.fill("#inputName", "Ann");
  await live.fill("#inputEmail", "ann@example.test");
  await live.click("#query-btn");

  await open("traversal", ".traversal-nav");
  await live.addCheck(".traversal-badge", "Visible");

  await open("aliasing", ".as-table");
  await live.click(".as-table tbody tr:nth-child(1) td:nth-child(1) .btn, .as-table tr:nth-child(1) td:nth-child(1) .btn");
  await live.expectRemote("document.querySelector('.as-table .btn').textContent", "Changed");

  await open("waiting", ".wait-input1");
  await live.fill(".wait-input1", "one");
  await live.fill(".wait-input3", "three");

  await open("misc", ".misc-form");
  await live.fill(".misc-form #name", "Bob");
  await live.fill(".misc-form #description", "Two\nlines");

  await open("assertions", ".assertions-p");
  await live.addCheck(".assertion-table tbody tr:last-child td:first-of-type", "Visible");

  await open("cookies", ".set-a-cookie");
  await live.click(".set-a-cookie");
  await live.expectRemote("document.cookie.includes('token')", true);

  await open("storage", ".ls-btn");
  await live.click(".ls-btn");
  await live.expectRemote("localStorage.getItem('prop1')", "red");

  await open("navigation", ".dropdown-toggle");
  await live.click(".dropdown-toggle");
  await live.click(".dropdown-menu a[href='/commands/location']");
  await live.expectRemote("location.pathname", "/commands/location");
}

/** The pages of the kitchen sink without fields: those with buttons, those that ask a service, those that are only looked at. */
export async function workThroughPagesWithoutFields(live: LiveSession, base: string): Promise<void> {
  const open = async (page: string, ready: string) => {
    await live.goto(`${base}/${page}`);
    await live.waitForRemote(ready);
  };
  await live.waitForRemote(".connectors-list");
  await live.addCheck(".connectors-each-ul li:nth-child(2)", "Has text", "William Grey");
  await live.addCheck(".connectors-its-ul li:nth-child(3)", "Has text", "Chai-Sinon");
  for (const [index, text] of ["Walk the dog", "Feed the cat", "Write JavaScript"].entries()) {
    await live.addCheck(`.connectors-list li:nth-child(${index + 1})`, "Has text", text);
  }

  await open("commands/network-requests", ".network-btn");
  for (const [button, told, text] of [
    [".network-btn", ".network-comment", "The second act was"],
    [".network-post", ".network-post-comment", "POST successful!"],
    [".network-put", ".network-put-comment", "There is no such comment to change"],
  ] as const) {
    await live.click(button);
    await live.expectRemote(`document.querySelector(${JSON.stringify(told)}).textContent.startsWith(${JSON.stringify(text)})`, true);
    if (button === ".network-put") await live.waitForEvidence("/comments/1");
    await live.addCheck(told, "Contains text", text);
  }

  await open("commands/files", ".fixture-btn");
  await live.click(".fixture-btn");
  // The page keeps what it got to itself: its script writes to an element of another page.
  await live.expectRemote("performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/comments/1')).length", 1);
  await live.addCheck(".fixture-btn", "Has text", "Get Comment");

  await open("commands/spies-stubs-clocks", "#clock-div");
  for (const clock of ["#clock-div", "#tick-div"]) {
    await live.addCheck(clock, "Has text", "Click for current time!");
    await live.click(clock);
    await live.expectRemote(`Number(document.querySelector("${clock}").textContent) > 1e9`, true);
    // It says another time whenever it is performed.
    await live.addCheck(clock, "Has text", "Click for current time!", { negated: true });
  }

  await open("commands/viewport", "#viewport pre");
  await live.choose(/^Viewport: /, /^Laptop/);
  await live.expectRemote("innerWidth", 1366);
  await live.addCheck("#viewport h4", "Has text", "cy.viewport()");
  await live.choose(/^Viewport: /, /^Desktop/);
  await live.expectRemote("innerWidth", 1280);
  await live.addCheck("#navbar .navbar-nav > li:nth-child(2) a", "Has text", "Utilities");

  await open("commands/window", "#window pre");
  await live.addCheck("#title", "Title is", "Cypress.io: Kitchen Sink");
  await live.addCheck("#document", "Has text", "cy.document()");
  await live.addCheck("#window h4", "Address contains", "/commands/window");

  await open("utilities", ".utility-jquery");
  for (const place of [1, 2, 3]) await live.click(`.utility-jquery li:nth-child(${place})`);
  await live.expectRemote("document.querySelectorAll('.utility-jquery li.active').length", 3);
  await live.addCheck(".utility-jquery li:nth-child(2)", "Contains text", "Sweaters");

  await open("cypress-api", ".dom-p");
  await live.addCheck(".dom-p .visible", "Has text", "I'm visible!");
}
