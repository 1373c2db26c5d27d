import { describe, expect, it } from "vitest";
import { lockReader } from "../../../src/analyzers/lock-files/lock-readers.ts";

const npm = `{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop" },
    "node_modules/a": {
      "version": "1.0.0",
      "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz",
      "integrity": "sha512-aa",
      "dependencies": {
        "resolved": "^1.0.0"
      }
    },
    "node_modules/a/node_modules/@x/b": {
      "version": "2.0.0",
      "resolved": "git+ssh://git@github.com/x/b.git#abc"
    },
    "node_modules/c": {
      "resolved": "packages/c",
      "link": true
    },
    "node_modules/d": {
      "version": "file:../../d.tgz",
      "resolved": "file:../../d.tgz"
    }
  }
}
`;

const npm1 = `{
  "dependencies": {
    "a": {
      "version": "1.0.0",
      "resolved": "http://registry.npmjs.org/a/-/a-1.0.0.tgz",
      "requires": {
        "b": "^1.0.0"
      },
      "dependencies": {
        "b": {
          "version": "1.0.0",
          "resolved": "https://registry.npmjs.org/b/-/b-1.0.0.tgz",
          "integrity": "sha1-bb"
        }
      }
    }
  }
}
`;

const pnpm = `lockfileVersion: '9.0'

packages:

  a@1.0.0:
    resolution: {integrity: sha512-aa}

  '@x/b@2.0.0':
    resolution: {integrity: sha512-bb, tarball: https://npm.example.com/b.tgz}
    engines: {node: '>=8'}

  c@https://codeload.github.com/x/c/tar.gz/abc:
    resolution: {tarball: https://codeload.github.com/x/c/tar.gz/abc}
    version: 1.0.0

  d@file:../d:
    resolution: {directory: ../d, type: directory}

snapshots:

  a@1.0.0: {}
`;

const yarn1 = `# yarn lockfile v1


a@^1.0.0, a@^1.0.1:
  version "1.0.0"
  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#0123456789012345678901234567890123456789"

"@x/b@^2.0.0":
  version "2.0.0"
  resolved "https://registry.yarnpkg.com/@x/b/-/b-2.0.0.tgz"
  integrity sha512-bb
`;

const yarnBerry = `__metadata:
  version: 8

"@x/b@npm:^2.0.0":
  version: 2.0.0
  resolution: "@x/b@npm:2.0.0"
  checksum: 10c0/bb
  languageName: node

"a@https://github.com/x/a.git#commit=abc":
  version: 1.0.0
  resolution: "a@https://github.com/x/a.git#commit=abc"
  checksum: 10c0/aa

"fsevents@npm:2.0.0":
  version: 2.0.0
  resolution: "fsevents@npm:2.0.0"
  conditions: os=darwin

"m@npm:1.0.0":
  version: 1.0.0
  resolution: "m@npm:1.0.0::__archiveUrl=https%3A%2F%2Fnpm.example.com%2Fm.tgz"
  checksum: 10c0/mm

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
`;

const bun = `{
  "lockfileVersion": 1,
  "packages": {
    "a": ["a@1.0.0", "", { "dependencies": { "b": "1" } }, "sha512-aa"],
    "@x/b": ["@x/b@2.0.0", "https://npm.example.com/", {}, "sha512-bb"],
    "c": ["c@github:x/c#abc", {}, "x-c-abc"],
    "d": ["d@workspace:packages/d"],
  }
}
`;

const cargo = `version = 4

[[package]]
name = "a"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "aa"

[[package]]
name = "b"
version = "2.0.0"
source = "git+https://github.com/x/b?branch=main#abc"

[[package]]
name = "shop"
version = "0.1.0"
`;

const poetry = `[[package]]
name = "a"
version = "1.0.0"
files = [
    {file = "a-1.0.0.whl", hash = "sha256:aa"},
]

[[package]]
name = "b"
version = "2.0.0"
files = []

[package.source]
type = "git"
url = "https://git.example.com/b.git"

[[package]]
name = "c"
version = "3.0.0"
files = []

[package.source]
type = "legacy"
url = "https://pypi.example.com/simple"

[metadata]
lock-version = "2.1"
`;

const uv = `version = 1

[[package]]
name = "a"
version = "1.0.0"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/a.tar.gz", hash = "sha256:aa", size = 1 }
wheels = [
    { url = "https://files.pythonhosted.org/a.whl", size = 1 },
]

[[package]]
name = "b"
version = "2.0.0"
source = { git = "https://github.com/x/b?rev=abc#abc" }

[[package]]
name = "shop"
version = "0.1.0"
source = { editable = "." }
`;

const pipfile = `{
    "_meta": {
        "sources": [
            {
                "name": "pypi",
                "url": "https://pypi.example.com/simple"
            }
        ]
    },
    "default": {
        "a": {
            "git": "https://github.com/x/a.git",
            "ref": "abc"
        }
    }
}
`;

const composer = `{
    "packages": [
        {
            "name": "x/a",
            "source": {
                "type": "git",
                "url": "https://github.com/x/a.git"
            },
            "dist": {
                "type": "zip",
                "url": "https://api.github.com/repos/x/a/zipball/abc"
            }
        },
        {
            "name": "x/b",
            "dist": {
                "type": "path",
                "url": "../b"
            }
        }
    ]
}
`;

const gemfile = `GIT
  remote: https://github.com/x/b.git
  revision: abc
  specs:
    b (1.0)

GEM
  remote: https://rubygems.org/
  specs:
    a (1.0)
`;

const goSum = `example.com/a v1.0.0 h1:aa=
example.com/a v1.0.0/go.mod h1:bb=
`;

/** name version @line source checksum */
const read = (path: string, text: string): readonly string[] =>
  (lockReader(path)?.(text) ?? []).map(({ name, version, line, source, integrity }) => {
    const { kind } = source;
    const place =
      "origin" in source ? source.origin : "url" in source ? source.url : "path" in source ? source.path : "";
    return `${name} ${version ?? "?"} @${line} ${kind} ${place ?? "default"} ${integrity ?? "MISSING"}`;
  });

describe("lock files", () => {
  it.each([
    [
      "package-lock.json",
      npm,
      [
        "a 1.0.0 @8 registry https://registry.npmjs.org sha512-aa",
        "@x/b 2.0.0 @16 git git+ssh://git@github.com/x/b.git#abc unused",
        "c ? @19 own  unused",
        "d file:../../d.tgz @24 file ../../d.tgz unused",
      ],
    ],
    [
      "sub/npm-shrinkwrap.json",
      npm1,
      [
        "a 1.0.0 @5 registry http://registry.npmjs.org MISSING",
        "b 1.0.0 @12 registry https://registry.npmjs.org sha1-bb",
      ],
    ],
    [
      "pnpm-lock.yaml",
      pnpm,
      [
        "a 1.0.0 @6 registry default sha512-aa",
        "@x/b 2.0.0 @9 registry https://npm.example.com sha512-bb",
        "c https://codeload.github.com/x/c/tar.gz/abc @13 git https://codeload.github.com/x/c/tar.gz/abc unused",
        "d file:../d @17 file ../d unused",
      ],
    ],
    [
      "yarn.lock",
      yarn1,
      [
        "a 1.0.0 @6 registry https://registry.yarnpkg.com 0123456789012345678901234567890123456789",
        "@x/b 2.0.0 @10 registry https://registry.yarnpkg.com sha512-bb",
      ],
    ],
    [
      "yarn.lock",
      yarnBerry,
      [
        "@x/b 2.0.0 @6 registry default 10c0/bb",
        "a 1.0.0 @12 git https://github.com/x/a.git#commit=abc unused",
        "fsevents 2.0.0 @17 registry default conditions",
        "m 1.0.0 @22 registry https://npm.example.com 10c0/mm",
        "shop 0.0.0-use.local @27 own  unused",
      ],
    ],
    [
      "bun.lock",
      bun,
      [
        "a 1.0.0 @4 registry default sha512-aa",
        "@x/b 2.0.0 @5 registry https://npm.example.com sha512-bb",
        "c github:x/c#abc @6 git github:x/c#abc unused",
        "d workspace:packages/d @7 own  unused",
      ],
    ],
    [
      "Cargo.lock",
      cargo,
      [
        "a 1.0.0 @6 registry https://github.com/rust-lang/crates.io-index aa",
        "b 2.0.0 @12 git git+https://github.com/x/b?branch=main#abc unused",
      ],
    ],
    [
      "poetry.lock",
      poetry,
      [
        "a 1.0.0 @2 registry default sha256:aa",
        "b 2.0.0 @15 git https://git.example.com/b.git unused",
        "c 3.0.0 @24 registry https://pypi.example.com MISSING",
      ],
    ],
    [
      "uv.lock",
      uv,
      [
        "a 1.0.0 @9 registry https://pypi.org MISSING",
        "b 2.0.0 @15 git https://github.com/x/b?rev=abc#abc unused",
        "shop 0.1.0 @20 own  unused",
      ],
    ],
    [
      "Pipfile.lock",
      pipfile,
      ["the index ? @6 registry https://pypi.example.com unused", "a ? @12 git https://github.com/x/a.git unused"],
    ],
    ["composer.lock", composer, ["x/a ? @11 registry https://api.github.com unused", "x/b ? @18 file ../b unused"]],
    [
      "Gemfile.lock",
      gemfile,
      ["b ? @2 git https://github.com/x/b.git unused", "a ? @8 registry https://rubygems.org unused"],
    ],
    [
      "go.sum",
      goSum,
      ["example.com/a v1.0.0 @1 registry default h1:aa=", "example.com/a v1.0.0/go.mod @2 registry default h1:bb="],
    ],
  ])("reads %s with lines, sources and checksums", (path, text, entries) => {
    expect(read(path, text)).toEqual(entries);
  });

  it("reads a file with Windows line ends alike", () => {
    expect(read("package-lock.json", npm.replaceAll("\n", "\r\n"))).toEqual(read("package-lock.json", npm));
  });

  it.each(["package.json", "flake.lock", "constructor"])("knows no reader for %s", (path) => {
    expect(lockReader(path)).toBeNull();
  });
});
