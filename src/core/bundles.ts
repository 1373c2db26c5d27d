/** A changed file with the length of its diff in characters. */
export interface BundleFile {
  readonly path: string;
  readonly size: number;
}

/** Two files that belong together, the more the higher `weight` is. */
export interface FileLink {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
}

export interface BundleBounds {
  /** Characters of diff in one bundle; a file that is larger is a bundle by itself. */
  readonly size: number;
  /** Bundles in all; where the change needs more, they grow beyond `size` in its stead. */
  readonly most: number;
}

/**
 * Splits files into bundles that are read together: linked files first, then neighbours in a folder, then whatever
 * fits. Every file stands in exactly one bundle; files and bundles keep the order in which the files were given.
 */
export const bundleFiles = (
  files: readonly BundleFile[],
  links: readonly FileLink[],
  { size, most }: BundleBounds,
): readonly (readonly string[])[] => {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  for (let limit = Math.max(1, size, Math.ceil(total / Math.max(1, most))); ; limit = Math.ceil(limit * 1.25)) {
    const bundles = pack(cluster(files, links, limit), limit);
    if (bundles.length <= Math.max(1, most)) return inOrder(bundles, files);
  }
};

interface Cluster {
  readonly paths: readonly string[];
  readonly size: number;
}

/** Joins along the links, the strongest first, as long as both sides fit into one bundle. */
const cluster = (files: readonly BundleFile[], links: readonly FileLink[], limit: number): readonly Cluster[] => {
  const of = new Map(files.map(({ path, size }): [string, Cluster] => [path, { paths: [path], size }]));
  for (const { a, b } of [...links, ...folderLinks(files)].toSorted(byStrength)) {
    const [left, right] = [of.get(a), of.get(b)];
    if (left === undefined || right === undefined || left === right || left.size + right.size > limit) continue;
    const joined = { paths: [...left.paths, ...right.paths], size: left.size + right.size };
    for (const path of joined.paths) of.set(path, joined);
  }
  return [...new Set(of.values())];
};

const byStrength = (x: FileLink, y: FileLink): number => y.weight - x.weight || compare(x.a, y.a) || compare(x.b, y.b);

const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

/** Weaker than any other link: neighbours by path, the deeper their common folder the stronger. */
const folderLinks = (files: readonly BundleFile[]): readonly FileLink[] => {
  const paths = files.map(({ path }) => path).toSorted(compare);
  return paths.slice(1).map((b, index) => {
    const a = paths[index] ?? b;
    return { a, b, weight: commonFolders(a, b) / 1000 - 1 };
  });
};

const commonFolders = (a: string, b: string): number => {
  const [left, right] = [a.split("/").slice(0, -1), b.split("/").slice(0, -1)];
  const differs = left.findIndex((part, index) => part !== right[index]);
  return differs === -1 ? left.length : differs;
};

/** First fit, so that at most one bundle stays less than half full. */
const pack = (clusters: readonly Cluster[], limit: number): readonly Cluster[] => {
  const packed: Cluster[] = [];
  for (const each of clusters) {
    const at = packed.findIndex(({ size }) => size + each.size <= limit);
    const room = packed[at];
    if (room === undefined) packed.push(each);
    else packed[at] = { paths: [...room.paths, ...each.paths], size: room.size + each.size };
  }
  return packed;
};

const inOrder = (bundles: readonly Cluster[], files: readonly BundleFile[]): readonly (readonly string[])[] => {
  const place = new Map(files.map(({ path }, index) => [path, index]));
  const placeOf = (path: string): number => place.get(path) ?? 0;
  return bundles
    .map(({ paths }) => paths.toSorted((a, b) => placeOf(a) - placeOf(b)))
    .toSorted(([a = ""], [b = ""]) => placeOf(a) - placeOf(b));
};
