//! The pages of the corpus, each with a recording of several steps whose true effects the page itself can tell.

use serde_json::{Value, json};

/// What is done with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Click,
    /// A check box is checked.
    Check,
    /// A text is put in; the same everywhere.
    Fill,
    /// The second option is chosen, which has this value.
    Select(&'static str),
    /// Somebody checks that it says this.
    Says(&'static str),
}

/// The text that is put into fields.
pub(crate) const WORDS: &str = "words";

/// One step: what is done with whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    /// The identity that only the page knows.
    pub(crate) who: &'static str,
    pub(crate) deed: Deed,
    /// What the makers of the page may call it one day.
    pub(crate) relabelled: &'static str,
}

impl Target {
    /// What the page notes when the step has had its effect; nothing for a check.
    pub(crate) fn effect(&self) -> Option<String> {
        let Self { who, deed, .. } = self;
        match deed {
            Deed::Click => Some((*who).to_owned()),
            Deed::Check => Some(format!("{who}=true")),
            Deed::Fill => Some(format!("{who}={WORDS}")),
            Deed::Select(value) => Some(format!("{who}={value}")),
            Deed::Says(_) => None,
        }
    }
}

/// A page with what is recorded on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) html: &'static str,
    /// Documents of its frames, by path.
    pub(crate) frames: &'static [(&'static str, &'static str)],
    /// The path of the frames that the steps marked with `frame` are in.
    pub(crate) path: &'static [&'static str],
    /// Brings the page to where the step before left it, before the step is recorded.
    pub(crate) before: &'static str,
    pub(crate) targets: &'static [Target],
}

impl Page {
    /// The frames on the way to the elements, as a recording writes them.
    pub(crate) fn frame_refs(&self) -> Value {
        let frames = self.path.iter().map(|name| {
            json!({ "selectors": [{ "strategy": "css", "value": format!("iframe[name={name}]") }] })
        });
        frames.collect()
    }
}

const fn step(who: &'static str, deed: Deed, relabelled: &'static str) -> Target {
    Target {
        who,
        deed,
        relabelled,
    }
}

const PLAIN: Page = Page {
    name: "",
    html: "",
    frames: &[],
    path: &[],
    before: "",
    targets: &[],
};

/// Everyday pages, in which what is recorded always has neighbours that look like it.
pub(crate) const PAGES: [Page; 6] = [
    Page {
        name: "form",
        html: r#"<h1>Account</h1><form><p><label for="name">Full name</label><input id="name" name="name" data-who="name"></p>
            <p><label for="city">City</label><input id="city" name="city"></p>
            <p><label for="size">Size</label><select id="size" name="size" data-who="size"><option value="s">Small</option><option value="m">Medium</option></select></p>
            <p><label for="colour">Colour</label><select id="colour" name="colour"><option value="r">Red</option><option value="g">Green</option></select></p>
            <p><label><input type="checkbox" name="terms" data-who="terms"> I accept the terms</label></p>
            <p><label><input type="checkbox" name="news"> Send me news</label></p>
            <div><button id="save" data-testid="save-account" class="primary" data-who="save">Save</button>
            <button id="draft" data-testid="save-draft" class="plain">Save draft</button> <button type="button" class="plain">Delete</button></div></form>
            <div role="status" class="note" data-who="status">Not saved</div><div class="note">3 changes</div>
            <script>document.querySelector('#save').onclick = () => { named.get('status').textContent = 'Saved'; };</script>"#,
        before: "named.get('status').textContent = 'Saved'",
        targets: &[
            step("name", Deed::Fill, "Your full name"),
            step("size", Deed::Select("m"), "Shirt size"),
            step("terms", Deed::Check, "I accept all terms"),
            step("save", Deed::Click, "Save account"),
            step("status", Deed::Says("Saved"), "Saved to disk"),
        ],
        ..PLAIN
    },
    Page {
        name: "list",
        html: r#"<h1>Shopping</h1><ul id="items">
            <li><label><input type="checkbox"> Milk</label> <b>In stock</b> <button>Remove</button></li>
            <li><label><input type="checkbox" data-who="bread"> Bread</label> <b>In stock</b> <button>Remove</button></li>
            <li><label><input type="checkbox"> Butter</label> <b data-who="stock">In stock</b> <button data-who="remove">Remove</button></li>
            <li><label><input type="checkbox"> Jam</label> <b>In stock</b> <button>Remove</button></li></ul>
            <input aria-label="New item" placeholder="What is missing?" data-who="new"><button>Add</button>"#,
        targets: &[
            step("bread", Deed::Check, "Brown bread"),
            step("stock", Deed::Says("In stock"), "Sold out"),
            step("remove", Deed::Click, "Remove item"),
            step("new", Deed::Fill, "New list item"),
        ],
        ..PLAIN
    },
    Page {
        name: "table",
        html: r##"<h1>Customers</h1><table><thead><tr><th>Name</th><th>Balance</th><th>Limit</th><th></th></tr></thead><tbody>
            <tr><td>Ann Brown</td><td>10 €</td><td><input aria-label="Limit"></td><td><a href="#a">Edit</a> <button>Block</button></td></tr>
            <tr><td>Bob Carter</td><td data-who="balance">20 €</td><td><input aria-label="Limit"></td><td><a href="#b" data-who="edit">Edit</a> <button>Block</button></td></tr>
            <tr><td>Cy Dunn</td><td>20 €</td><td><input aria-label="Limit" data-who="limit"></td><td><a href="#c">Edit</a> <button data-who="block">Block</button></td></tr>
            </tbody></table><button>Block all</button>"##,
        targets: &[
            step("edit", Deed::Click, "Edit customer"),
            step("limit", Deed::Fill, "Credit limit"),
            step("balance", Deed::Says("20 €"), "25 €"),
            step("block", Deed::Click, "Block customer"),
        ],
        ..PLAIN
    },
    Page {
        name: "dialog",
        html: r#"<h1>Projects</h1><div class="bar"><button class="b" id="new">New</button> <button class="b" data-who="open" id="archive-all">Archive</button> <button class="b">Share</button></div>
            <dialog><h2>Archive project?</h2><p><label for="why">Reason</label><input id="why" data-who="why"></p>
            <p><label for="ticket">Ticket</label><input id="ticket"></p>
            <div><button class="b">Cancel</button> <button class="b" data-who="archive">Archive</button> <button class="b">Archive and delete</button></div></dialog>
            <script>document.querySelector('#archive-all').onclick = () => document.querySelector('dialog').showModal();</script>"#,
        before: "document.querySelector('dialog').showModal()",
        targets: &[
            step("open", Deed::Click, "Archive project"),
            step("why", Deed::Fill, "Reason for it"),
            step("archive", Deed::Click, "Archive now"),
        ],
        ..PLAIN
    },
    Page {
        name: "frames",
        html: r#"<h1>Checkout</h1><button>Pay</button><iframe name="outer" src="/frames/outer" width="600" height="420"></iframe>"#,
        frames: &[
            (
                "/frames/outer",
                r#"<h2>Card</h2><button>Pay</button><p><label>Number <input name="number"></label></p><iframe name="inner" src="/frames/inner" width="500" height="250" style="border:5px solid"></iframe>"#,
            ),
            (
                "/frames/inner",
                r#"<p><label>Number <input name="number" data-who="number"></label></p><p><label>Holder <input name="holder"></label></p>
                <div><button class="b" data-who="pay">Pay</button> <button class="b">Pay later</button></div><b id="sum" data-who="sum">20 €</b> <b>30 €</b>"#,
            ),
        ],
        path: &["outer", "inner"],
        targets: &[
            step("number", Deed::Fill, "Card number"),
            step("sum", Deed::Says("20 €"), "25 €"),
            step("pay", Deed::Click, "Pay now"),
        ],
        ..PLAIN
    },
    Page {
        name: "shadow",
        html: r#"<h1>Lamps</h1><x-lamp id="hall"><template shadowrootmode="open"><h2>Hall</h2><input aria-label="Colour"><button>Switch on</button><button>Switch off</button></template></x-lamp>
            <x-lamp id="kitchen"><template shadowrootmode="open"><h2>Kitchen</h2><input aria-label="Colour" data-who="colour"><button data-who="on">Switch on</button><button>Switch off</button>
            <x-timer><template shadowrootmode="open"><button data-who="timer">Timer</button><button>Reset timer</button></template></x-timer></template></x-lamp><button>All off</button>"#,
        targets: &[
            step("colour", Deed::Fill, "Light colour"),
            step("on", Deed::Click, "Switch it on"),
            step("timer", Deed::Click, "Set timer"),
        ],
        ..PLAIN
    },
];

/// A document of the corpus, with what every one of them runs.
pub(crate) fn document(name: &str, html: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{name}</title><style>body{{font:15px sans-serif}} button,a,input{{margin:4px;padding:4px}}</style></head><body>{html}<script>{}</script></body></html>",
        include_str!("page.js")
    )
}
