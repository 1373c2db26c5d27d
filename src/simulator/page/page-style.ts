/** The page's only style sheet; it stands inside the page, which loads nothing. */
export const pageStyle = `
:root { color-scheme: light dark; --line: #d1d9e0; --soft: #f6f8fa; --text: #1f2328; --quiet: #59636e; --back: #fff;
  --add: #dafbe1; --del: #ffebe9; --open: #1a7f37; --draft: #59636e; --closed: #d1242f; --merged: #8250df; --link: #0969da; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #151b23; --text: #f0f6fc; --quiet: #9198a1;
  --back: #0d1117; --add: #12261e; --del: #25171c; --link: #4493f8; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--back); color: var(--text);
  font: 14px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
h1 { font-size: 1.8rem; font-weight: 400; margin: 0 0 .5rem; }
h1 .number, .meta, time { color: var(--quiet); }
.state { color: #fff; border-radius: 2rem; padding: .25rem .75rem; font-weight: 600; }
.state.open { background: var(--open); } .state.draft { background: var(--draft); }
.state.closed { background: var(--closed); } .state.merged { background: var(--merged); }
.comment, .thread, .check, .files { border: 1px solid var(--line); border-radius: .4rem; margin: 1rem 0; overflow: hidden; }
.head, .thread > details > summary { background: var(--soft); border-bottom: 1px solid var(--line); padding: .5rem .75rem; }
.body, .check > .body { padding: .25rem .75rem; overflow-wrap: anywhere; }
.thread { margin-left: 1.5rem; } .thread .comment { margin: .75rem; }
.path, .code, code, pre { font-family: ui-monospace, monospace; font-size: 12px; }
.code { overflow-x: auto; white-space: pre; } .code .line { display: block; min-width: max-content; padding-right: 1rem; }
.number { display: inline-block; width: 3rem; padding-right: .5rem; text-align: right; color: var(--quiet); }
h1 .number { width: auto; } .sign { display: inline-block; width: 1rem; text-align: center; }
.added { background: var(--add); } .removed { background: var(--del); }
pre, :not(pre) > code { background: var(--soft); border-radius: .3rem; } pre { padding: .75rem; overflow-x: auto; }
:not(pre) > code { padding: .1rem .3rem; } pre code { background: none; }
.suggestion { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; overflow: hidden; }
.suggestion-title { padding: .35rem .75rem; border-bottom: 1px solid var(--line); color: var(--quiet); }
.label, .reaction { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; font-size: 12px; color: var(--quiet); }
.reactions { padding: 0 .75rem .5rem; display: flex; gap: .4rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; } .body td, .body th { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left;
  overflow-wrap: normal; } .body td:first-child { white-space: nowrap; } .body td code { white-space: nowrap; }
.files table { width: 100%; } .files td { padding: .15rem .75rem; } .files .count { text-align: right; width: 1%; white-space: nowrap; }
blockquote { border-left: .25rem solid var(--line); margin: 0; padding-left: 1rem; color: var(--quiet); }
summary { cursor: pointer; } .body > ul { padding-left: 1.25rem; } .body li { margin: .35rem 0; }
@media (max-width: 40rem) { h1 { font-size: 1.4rem; } .thread { margin-left: 0; } .thread .comment { margin: .5rem; }
  .code .number { width: 2rem; } .number:empty { width: .5rem; }
  .body td code { white-space: normal; overflow-wrap: anywhere; } }
`;
