import { expect, test } from "./fixtures";

const cases: [markup: string, role: string, name: string][] = [
  ["<button>Save</button>", "button", "Save"],
  ["<button><span>Save</span> <span>all</span></button>", "button", "Save all"],
  ["<button>Sa<b>ve</b></button>", "button", "Save"],
  ["<button><div>Save</div><div>all</div></button>", "button", "Save all"],
  ["<button><img alt='Save'></button>", "button", "Save"],
  ["<button><svg><title>Close</title></svg></button>", "button", "Close"],
  ["<button>A<span hidden>B</span><span aria-hidden=true>C</span></button>", "button", "A"],
  ["<button aria-label='Close'>x</button>", "button", "Close"],
  ["<button title='Close'></button>", "button", "Close"],
  ["<button aria-labelledby='l1 l2'>x</button><i id=l1>One</i><i id=l2 hidden>Two</i>", "button", "One Two"],
  ["<style>#t::before{content:'Close'}</style><button id=t></button>", "button", "Close"],
  ["<input type=submit>", "button", "Submit"],
  ["<input type=submit value=Send>", "button", "Send"],
  ["<input type=image alt=Find>", "button", "Find"],
  ["<a href=#>Link</a>", "link", "Link"],
  ["<a>No link</a>", "", ""],
  ["<input>", "textbox", ""],
  ["<input placeholder=Hint>", "textbox", "Hint"],
  ["<input type=search aria-label=Find>", "searchbox", "Find"],
  ["<input type=number title=Amount>", "spinbutton", "Amount"],
  ["<input list=d><datalist id=d></datalist>", "combobox", ""],
  ["<select><option>a</select>", "combobox", ""],
  ["<select multiple aria-label=M></select>", "listbox", "M"],
  ["<textarea aria-label=T></textarea>", "textbox", "T"],
  ["<div contenteditable aria-label=E></div>", "textbox", "E"],
  ["<img alt=''>", "presentation", ""],
  ["<img alt=Dog>", "img", "Dog"],
  ["<h2>Title</h2>", "heading", "Title"],
  ["<div role=heading>Title</div>", "heading", "Title"],
  ["<div role='bogus button'>B</div>", "button", "B"],
  ["<ul><li>x</li></ul>", "list", ""],
  ["<section aria-label=S></section>", "region", "S"],
  ["<section></section>", "", ""],
  ["<header></header>", "banner", ""],
  ["<details><summary>More</summary></details>", "group", ""],
  ["<fieldset><legend>Who</legend></fieldset>", "group", "Who"],
  ["<table><caption>Sums</caption></table>", "table", "Sums"],
  ["<dialog open aria-label=Sure></dialog>", "dialog", "Sure"],
  ["<div role=checkbox>Agree</div>", "checkbox", "Agree"],
  ["<progress aria-label=P></progress>", "progressbar", "P"],
];

test("role and name are what assistive technology reads", async ({ inside }) => {
  await inside.show("");
  for (const [markup, role, name] of cases) {
    const described = await inside.page.evaluate((html) => {
      document.body.innerHTML = html;
      const element = document.body.querySelector(":scope > :not(style)");
      return element && globalThis.__proscenium?.describe(element);
    }, markup);
    expect([described?.role, described?.name], markup).toEqual([role, name]);
  }
});

test("names agree with the browser's own accessibility tree", async ({ inside }) => {
  await inside.show(cases.map(([markup]) => `<div>${markup.replaceAll(/\bid=(\w+)/g, "id=$1")}</div>`).join(""));
  const mine = await inside.page.evaluate(() =>
    [...document.querySelectorAll("button,a[href],h2,textarea,input:not([type=file])")].map(
      (element) => globalThis.__proscenium?.describe(element)?.name ?? "",
    ),
  );
  const session = await inside.page.context().newCDPSession(inside.page);
  const theirs: string[] = [];
  const { root } = await session.send("DOM.getDocument");
  const { nodeIds } = await session.send("DOM.querySelectorAll", {
    nodeId: root.nodeId,
    selector: "button,a[href],h2,textarea,input:not([type=file])",
  });
  for (const nodeId of nodeIds) {
    const { nodes } = await session.send("Accessibility.getPartialAXTree", { nodeId, fetchRelatives: false });
    theirs.push(
      String(nodes[0]?.name?.value ?? "")
        .replace(/\s+/g, " ")
        .trim(),
    );
  }
  await session.detach();
  expect(mine).toEqual(theirs);
});
