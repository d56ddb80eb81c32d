// The style sheet of HTML documents: one column of quiet black text, tables ruled in
// the manner of a ledger, the same on screen and paper. No colour carries meaning alone.
#ifndef SOD_DOCUMENTS_STYLE_CSS_H_
#define SOD_DOCUMENTS_STYLE_CSS_H_

#include <string_view>

namespace sod::documents {

inline constexpr std::string_view kStyleSheet = R"css(
:root { --ink: #16191d; --soft: #4a525c; --rule: #b8c0c9; --faint: #e3e7eb; --wash: #f4f6f8;
  --good: #1a5e34; --caution: #6b5a00; --serious: #a34a00; --bad: #9c1630; }
* { box-sizing: border-box; }
html { font: 16px/1.5 "Liberation Sans", Arial, "Helvetica Neue", "Segoe UI", system-ui, sans-serif;
  color: var(--ink); background: #fff; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2.5rem 2rem 3rem; max-width: 78rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 0; break-after: avoid; text-wrap: balance; }
h1 { font-size: 1.9rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin-top: 2.4rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1.06rem; margin-top: 1.6rem; }
h4, h5, h6 { font-size: 1rem; margin-top: 1.2rem; color: var(--soft); }
p, ul, ol, dl { margin: .7rem 0; }
p, li, dd { max-width: 48rem; orphans: 3; widows: 3; overflow-wrap: break-word; }
ul, ol { padding-left: 1.4rem; }
li { margin: .2rem 0; }
code { font: .9em/1.4 "Liberation Mono", Consolas, Menlo, monospace; background: var(--wash);
  padding: .05em .3em; border-radius: 2px; overflow-wrap: anywhere; }
.organization { margin: 0 0 .35rem; font-size: .85rem; font-weight: 700; letter-spacing: .08em;
  text-transform: uppercase; color: var(--soft); }
.subtitle { margin: .25rem 0 0; font-size: 1.1rem; color: var(--soft); }
.badges { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; margin: .9rem 0 0; padding: 0; }
.badges li { margin: 0; padding: .1rem .6rem; border: 1px solid var(--ink); border-radius: 999px;
  font-size: .8rem; font-weight: 700; }
body > header { padding-bottom: 1.1rem; border-bottom: 3px solid var(--ink); }
.metadata { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
  gap: .6rem 2rem; margin: 1.3rem 0 0; }
.metadata dt, .provenance dt { font-size: .76rem; letter-spacing: .03em; color: var(--soft); }
.metadata dd { margin: 0; font-weight: 600; }
.fields { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .45rem 1.6rem;
  margin: 1rem 0; break-inside: avoid; }
.fields dt { font-weight: 700; }
.fields dt.blank { align-self: end; }
.fields dd { margin: 0; }
.fields dd.blank { min-height: 2.1rem; border-bottom: 1px solid var(--ink); max-width: 24rem; }
.legend { margin: 1rem 0; padding: .7rem 1rem; border-left: 3px solid var(--rule); background: var(--wash);
  break-inside: avoid; }
.legend p { margin: 0 0 .3rem; font-weight: 700; font-size: .88rem; }
.legend dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0;
  font-size: .88rem; }
.legend dt { font-weight: 700; }
.legend dd { margin: 0; color: var(--soft); }
.sheet { margin: 1.2rem 0 1.6rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; line-height: 1.42; }
caption { text-align: left; padding: 0 0 .5rem; font-size: .86rem; color: var(--soft); }
caption b { color: var(--ink); }
caption { break-after: avoid; }
thead { display: table-header-group; break-after: avoid; }
tbody tr:first-child { break-before: avoid; }
tr { break-inside: avoid; }
th, td { padding: .55rem .8rem; vertical-align: top; text-align: left; border-bottom: 1px solid var(--rule); }
thead th { vertical-align: bottom; font-size: .82rem; border-top: 2px solid var(--ink);
  border-bottom: 1.5px solid var(--ink); background: var(--wash); }
tbody th { font-weight: 700; }
tbody tr:last-child > * { border-bottom: 2px solid var(--ink); }
th:first-child, td:first-child { padding-left: .6rem; }
.narrow { white-space: nowrap; }
.wide { min-width: 22rem; }
.many th, .many td { padding: .5rem .6rem; }
.many .wide { min-width: 13rem; }
.dense table { font-size: .8rem; }
.dense th, .dense td { padding: .4rem .5rem; }
.dense .symbol { display: block; }
.dense thead th:first-child, .dense tbody th { position: sticky; left: 0; background: #fff; min-width: 9rem; }
.dense thead th:first-child { background: var(--wash); }
.dense .turned { padding: .5rem .2rem; }
.turned span { display: inline-block; writing-mode: vertical-rl; transform: rotate(180deg); max-height: 11rem;
  line-height: 1.2; }
tbody ul { margin: 0; padding-left: 1rem; }
tbody li, tbody p { margin: 0 0 .25rem; }
tbody li:last-child, tbody p:last-child { margin-bottom: 0; }
.symbol { display: inline-block; min-width: 1.35em; margin-right: .3em; }
.note { color: var(--soft); font-size: .92em; }
.good { color: var(--good); }
.caution { color: var(--caution); font-weight: 600; }
.serious { color: var(--serious); font-weight: 700; }
.bad { color: var(--bad); font-weight: 700; }
.good .note, .caution .note, .serious .note, .bad .note { font-weight: 400; }
.none { color: var(--soft); }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
body > footer { margin-top: 3rem; padding-top: .9rem; border-top: 3px solid var(--ink); font-size: .8rem;
  color: var(--soft); break-inside: avoid; }
.provenance { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.4rem; margin: 0; }
.provenance dt { font-size: inherit; }
.provenance dd { margin: 0; max-width: none; color: var(--ink); overflow-wrap: anywhere; }
.provenance .digest { font-family: "Liberation Mono", Consolas, Menlo, monospace; font-size: .95em; }
body > footer p { margin: .6rem 0 0; }
.sheet:focus-visible { outline: 2px solid var(--ink); outline-offset: 3px; }
@media (max-width: 40rem) {
  body { padding: 1.2rem 1rem 2rem; }
  h1 { font-size: 1.5rem; }
  .fields { grid-template-columns: 1fr; gap: 0; }
  .fields dd { margin-bottom: .6rem; }
  .sheet table { min-width: 38rem; }
}
@page { size: A4; margin: 18mm 16mm 20mm; }
@page wide { size: A4 landscape; margin: 15mm 14mm 18mm; }
@media print {
  html { font-size: 10pt; line-height: 1.42; color: #000; }
  body { padding: 0; max-width: none; }
  .landscape { page: wide; }
  h1 { font-size: 20pt; }
  h2 { font-size: 13pt; margin-top: 20pt; }
  h3 { font-size: 11pt; margin-top: 13pt; }
  section.landscape > h2:first-child { margin-top: 0; }
  p, li, dd { max-width: none; }
  p:has(+ ul), p:has(+ ol), p:has(+ .sheet), p:has(+ .legend) { break-after: avoid; }
  .sheet { overflow: visible; margin: 9pt 0 12pt; }
  table { font-size: 8.6pt; line-height: 1.36; }
  th, td { padding: 4.2pt 6pt; }
  .wide { min-width: 38%; }
  .many .wide { min-width: 18%; }
  .dense table { font-size: 7.6pt; table-layout: fixed; overflow-wrap: anywhere; hyphens: auto; }
  .dense thead th { font-size: inherit; }
  .dense th, .dense td { padding: 3pt 3pt; }
  .dense thead th:first-child, .dense tbody th { position: static; background: none; min-width: 0; width: 15%; }
  .dense .turned { padding: 3pt 1pt; }
  .turned span { max-height: 34mm; }
  .dense .narrow { white-space: normal; }
  .dense .wide { min-width: 0; width: 24%; }
  thead th, .legend, code { background: none; }
  .legend { padding: 0 0 0 9pt; }
  .good, .caution, .serious, .bad { color: #000; }
  body > footer { font-size: 8pt; margin-top: 24pt; }
}
)css";

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_STYLE_CSS_H_
