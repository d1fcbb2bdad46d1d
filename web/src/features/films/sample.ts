/** Where to begin: a small script with one of each of the steps that most films have. */
export const sample = `title:
  text: Example Domain
  subtitle: A page that is there for examples
url: https://example.com
steps:
  - chapter: What it says
  - hover: h1
    caption: One heading
  - highlight: "p"
    caption: Two sentences
  - chapter: Where it leads
  - zoom: { role: link }
    factor: 1.6
  - pause: 1s
  - zoom: out
`;
