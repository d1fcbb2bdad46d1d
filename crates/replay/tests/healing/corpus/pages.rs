//! The pages of the corpus and the elements that are recorded on them.

/// What is done with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Click,
    Fill,
    Select,
}

/// An element that is recorded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    /// Finds it in the page as it was recorded.
    pub(crate) css: &'static str,
    pub(crate) deed: Deed,
    /// What the makers of the page may call it one day; empty when it has no word of its own.
    pub(crate) relabelled: &'static str,
}

/// A page with what is recorded on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) html: &'static str,
    pub(crate) targets: &'static [Target],
}

const fn click(css: &'static str, relabelled: &'static str) -> Target {
    Target {
        css,
        deed: Deed::Click,
        relabelled,
    }
}

const fn fill(css: &'static str, relabelled: &'static str) -> Target {
    Target {
        css,
        deed: Deed::Fill,
        relabelled,
    }
}

/// A page that marks the recorded element, changes itself by `script`, and notes whom an input reached.
pub(crate) fn document(page: &Page, target: &Target, script: &str) -> String {
    let Page { name, html, .. } = page;
    let css = target.css;
    format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title><style>body{{font:15px sans-serif}} button,a,input,[role=button]{{margin:4px;padding:4px}}</style></head><body>{html}
<script>document.querySelector({css:?}).setAttribute('data-is', '');</script>
<script>{{ {script} }}</script>
<script>
globalThis.acted = [];
for (const type of ['click', 'input', 'change', 'submit']) addEventListener(type, (event) => {{
  const to = event.target, right = to.closest('[data-is]') ?? to.control?.closest?.('[data-is]');
  if (type === 'submit' || to.closest('a,button')) event.preventDefault();
  if (type !== 'submit' && (event.isTrusted || to.localName === 'select')) acted.push(right ? 'right' : 'wrong: ' + to.outerHTML.slice(0, 120));
}}, true);
</script></body></html>"#
    )
}

/// Everyday parts of pages, each with neighbours that a careless healer would take.
pub(crate) const PAGES: [Page; 10] = [
    Page {
        name: "toolbar",
        html: r##"<h1>Invoice 2041</h1><div class="toolbar" role="toolbar" aria-label="Document">
            <button id="save" data-testid="save-button" class="primary">Save</button>
            <button id="save-draft" data-testid="save-draft" class="plain">Save draft</button>
            <button id="preview" class="plain">Preview</button>
            <button id="cancel" class="plain">Cancel</button>
            <button id="delete" data-testid="delete-button" class="danger">Delete</button></div><p>Total: 120 €</p>"##,
        targets: &[
            click("#save", "Save changes"),
            click("#preview", "Preview invoice"),
            click("#delete", "Delete invoice"),
        ],
    },
    Page {
        name: "sign-in",
        html: r##"<nav><a href="/">Home</a> <a href="/pricing">Pricing</a></nav><form class="signin"><h2>Welcome back</h2>
            <p><label for="mail">Email</label><input id="mail" name="user_email" type="email" autocomplete="username" placeholder="you@example.test"></p>
            <p><label for="pass">Password</label><input id="pass" name="user_password" type="password" autocomplete="current-password"></p>
            <p><label><input type="checkbox" name="remember" id="remember"> Remember me</label></p>
            <button type="submit" class="primary" id="go">Log in</button> <a href="/forgot" class="quiet">Forgot your password?</a></form>
            <p>New here? <a href="/register" id="up">Create an account</a></p>"##,
        targets: &[
            fill("#mail", "Email address"),
            fill("#pass", "Your password"),
            click("#remember", "Remember me here"),
            click("#go", "Sign in"),
            click("[href='/forgot']", "Forgot password?"),
        ],
    },
    Page {
        name: "table",
        html: r##"<h1>Team</h1><table class="people"><thead><tr><th>Name</th><th>Role</th><th></th></tr></thead><tbody>
            <tr><td>Alice Moran</td><td>Admin</td><td><button class="edit">Edit</button> <button class="remove">Remove</button></td></tr>
            <tr><td>Bob Ferris</td><td>Editor</td><td><button class="edit">Edit</button> <button class="remove">Remove</button></td></tr>
            <tr><td>Carol Stone</td><td>Viewer</td><td><button class="edit">Edit</button> <button class="remove">Remove</button></td></tr>
            </tbody></table><button id="invite">Invite someone</button>"##,
        targets: &[
            click("tbody tr:nth-of-type(2) .remove", "Remove person"),
            click("tbody tr:nth-of-type(1) .edit", "Edit person"),
            click("#invite", "Invite someone new"),
        ],
    },
    Page {
        name: "cards",
        html: r##"<h1>Spring catalogue</h1><div class="grid">
            <article class="card"><h3>Blue mug</h3><p class="price">€12.00</p><a class="more" href="/p/blue-mug">Details</a><button class="add">Add to cart</button></article>
            <article class="card"><h3>Red bowl</h3><p class="price">€19.00</p><a class="more" href="/p/red-bowl">Details</a><button class="add">Add to cart</button></article>
            <article class="card"><h3>Glass jug</h3><p class="price">€24.00</p><a class="more" href="/p/glass-jug">Details</a><button class="add">Add to cart</button></article></div>"##,
        targets: &[
            click("article:nth-of-type(2) .add", "Add to basket"),
            click("article:nth-of-type(3) .more", "More details"),
        ],
    },
    Page {
        name: "checkout",
        html: r##"<form id="order"><fieldset><legend>Delivery</legend>
            <p><label>Full name <input name="ship_name" id="ship-name"></label></p><p><label>City <input name="ship_city" id="ship-city"></label></p>
            <p><label>Post code <input name="ship_zip" id="ship-zip"></label></p></fieldset>
            <fieldset><legend>Invoice</legend><p><label>Full name <input name="bill_name" id="bill-name"></label></p><p><label>City <input name="bill_city" id="bill-city"></label></p></fieldset>
            <p><label>Country <select name="country" id="country"><option>Austria</option><option>Belgium</option><option>Croatia</option></select></label></p>
            <p><label>Delivery note <textarea name="note" id="note"></textarea></label></p>
            <button type="reset" id="clear">Clear form</button> <button type="submit" id="place">Place order</button></form>"##,
        targets: &[
            fill("#ship-name", "Your full name"),
            fill("#bill-city", "City or town"),
            fill("#ship-zip", "Postal code"),
            fill("#note", "Delivery notes"),
            Target {
                css: "#country",
                deed: Deed::Select,
                relabelled: "Your country",
            },
            click("#place", "Place your order"),
        ],
    },
    Page {
        name: "navigation",
        html: r##"<header><nav aria-label="Main"><ul><li><a href="/home">Home</a></li><li><a href="/products">Products</a></li><li><a href="/docs">Docs</a></li><li><a href="/support">Support</a></li></ul></nav></header>
            <main><h1>Articles</h1><p>…</p><nav aria-label="Pages"><a href="?page=1">1</a> <a href="?page=2" class="page">2</a> <a href="?page=3">3</a> <a href="?page=2" rel="next" class="next">Next page</a></nav></main>"##,
        targets: &[
            click("[href='/docs']", "Docs & guides"),
            click("[href='/products']", "Our products"),
            click(".page", ""),
        ],
    },
    Page {
        name: "settings",
        html: r##"<section aria-label="Profile"><h2>Profile</h2><p><label>Display name <input id="display"></label></p><button class="apply">Save</button></section>
            <section aria-label="Notifications"><h2>Notifications</h2><p><label><input type="checkbox" id="by-mail"> Email notifications</label></p>
            <p><label><input type="checkbox" id="by-sms"> SMS notifications</label></p><button class="apply">Save</button></section>
            <section aria-label="Danger zone"><h2>Danger zone</h2><button class="danger" id="close">Close account</button> <button id="export">Export data</button></section>"##,
        targets: &[
            click("section:nth-of-type(2) .apply", "Save settings"),
            fill("#display", "Public display name"),
            click("#by-mail", "Email notification"),
            click("#export", "Export my data"),
        ],
    },
    Page {
        name: "dialog",
        html: r##"<main><button aria-label="Open menu" class="icon" id="menu"><svg width="16" height="16"></svg></button><button aria-label="Search" class="icon" id="find"><svg width="16" height="16"></svg></button><p>Behind</p></main>
            <div role="dialog" aria-label="Unsaved changes" style="border:1px solid;padding:20px"><h2>Keep your changes?</h2><button id="keep" class="primary">Keep editing</button> <button id="discard" class="danger">Discard changes</button></div>"##,
        targets: &[
            click("#keep", "Keep on editing"),
            click("#discard", "Discard my changes"),
            click("#find", "Search here"),
        ],
    },
    Page {
        name: "list",
        html: r##"<h1>Groceries</h1><ul class="todo"><li data-id="11"><label><input type="checkbox"> Milk</label><button aria-label="Remove Milk">×</button></li>
            <li data-id="12"><label><input type="checkbox"> Bread</label><button aria-label="Remove Bread">×</button></li>
            <li data-id="13"><label><input type="checkbox"> Butter</label><button aria-label="Remove Butter">×</button></li></ul>
            <form><input id="item" placeholder="What is missing?" aria-label="New item"><button class="add">Add item</button></form>"##,
        targets: &[
            click("li:nth-of-type(2) input", ""),
            click("li:nth-of-type(2) button", ""),
            fill("#item", "New list item"),
            click(".add", "Add an item"),
        ],
    },
    Page {
        name: "search",
        html: r##"<form role="search"><input type="search" id="q" name="q" placeholder="Search products"><button id="run" class="primary">Search</button></form>
            <h2>Filter</h2><p><label for="from">From</label><input type="date" id="from"> <label for="to">Until</label><input type="date" id="to"></p>
            <p><label><input type="radio" name="sort" id="cheap"> Cheapest first</label> <label><input type="radio" name="sort" id="fresh"> Newest first</label></p>
            <div class="chips"><span tabindex="0" role="button" id="stock">In stock</span> <span tabindex="0" role="button">On sale</span></div>"##,
        targets: &[
            fill("#q", "Search our products"),
            click("#run", "Search now"),
            click("#cheap", "Cheapest items first"),
            click("#stock", "In stock now"),
        ],
    },
];
