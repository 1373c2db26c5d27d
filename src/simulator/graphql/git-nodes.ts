import { isUtf8 } from "node:buffer";
import { z } from "zod";
import { readBranches } from "../git/bare-repository.ts";
import { readCommits, readObject } from "../git/read-objects.ts";
import type { GitObject } from "../git/read-objects.ts";
import { repoPage } from "../json/urls.ts";
import { readContents } from "../permission.ts";
import type { Commit, Repo } from "../state.ts";
import { allow } from "./fields.ts";
import type { Asking, Fields } from "./fields.ts";

/** GitHub gives no more of a blob's text; seen, not documented. */
const maxTextBytes = 512_000;

const binarySample = 8_000;

const blobNode = (repo: Repo, object: GitObject): Fields => {
  const binary = object.content.subarray(0, binarySample).includes(0) || !isUtf8(object.content);
  const shown = object.content.subarray(0, maxTextBytes);
  return {
    __typename: "Blob",
    id: `B_${repo.id}_${object.sha}`,
    oid: object.sha,
    abbreviatedOid: object.sha.slice(0, 7),
    byteSize: object.content.length,
    isBinary: binary,
    isTruncated: object.content.length > maxTextBytes,
    text: binary ? null : shown.toString("utf8"),
  };
};

const person = (of: Commit["author"]): Fields => ({ name: of.name, email: of.email, date: of.date, user: null });

const pathArgument = z.looseObject({ path: z.string() });

const treeEntry = async (asking: Asking, repo: Repo, place: { sha: string; path: string }): Promise<Fields | null> => {
  allow(asking, repo, readContents);
  const object = await readObject(asking.world.git, repo.gitDir, `${place.sha}:${place.path}`);
  if (object === null) return null;
  return {
    __typename: "TreeEntry",
    name: place.path.split("/").at(-1),
    path: place.path,
    oid: object.sha,
    type: object.type,
    size: object.content.length,
    object: () => objectNode(asking, repo, object),
  };
};

export function commitNode(asking: Asking, repo: Repo, commit: Commit): Fields {
  const url = repoPage(asking.world, repo, `/commit/${commit.sha}`);
  const [headline = "", ...rest] = commit.message.split("\n");
  return {
    __typename: "Commit",
    id: `C_${repo.id}_${commit.sha}`,
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join("\n").trim(),
    author: person(commit.author),
    committer: person(commit.committer),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    url,
    commitUrl: url,
    file: (args: unknown) => treeEntry(asking, repo, { sha: commit.sha, path: pathArgument.parse(args).path }),
  };
}

const readCommitNode = async (asking: Asking, repo: Repo, sha: string): Promise<Fields | null> => {
  const [commit] = await readCommits(asking.world.git, repo.gitDir, ["--no-walk=unsorted", sha]);
  return commit === undefined ? null : commitNode(asking, repo, commit);
};

const objectNode = (asking: Asking, repo: Repo, object: GitObject): Promise<Fields | null> | Fields => {
  if (object.type === "blob") return blobNode(repo, object);
  if (object.type === "commit") return readCommitNode(asking, repo, object.sha);
  return {
    __typename: "Tree",
    id: `T_${repo.id}_${object.sha}`,
    oid: object.sha,
    abbreviatedOid: object.sha.slice(0, 7),
  };
};

/** What `expression` ("main:README.md", a SHA) names; null where nothing does. */
export async function gitObject(asking: Asking, repo: Repo, expression: string): Promise<Fields | null> {
  allow(asking, repo, readContents);
  const object = await readObject(asking.world.git, repo.gitDir, expression);
  return object === null ? null : objectNode(asking, repo, object);
}

/** A branch as it is now; null when it was deleted. */
export async function refNode(asking: Asking, repo: Repo, branch: string): Promise<Fields | null> {
  const sha = (await readBranches(asking.world.git, repo.gitDir)).get(branch);
  if (sha === undefined) return null;
  return {
    __typename: "Ref",
    id: `REF_${repo.id}_${branch}`,
    name: branch,
    prefix: "refs/heads/",
    target: () => {
      allow(asking, repo, readContents);
      return readCommitNode(asking, repo, sha);
    },
  };
}
