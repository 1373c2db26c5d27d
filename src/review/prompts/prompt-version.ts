/** Names the texts in this folder and the tools' descriptions together. A changed text needs a new version. */
export const promptVersion = "2026-11-23.11";
