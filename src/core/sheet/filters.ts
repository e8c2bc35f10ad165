/** The filters of the sheet, in the order in which they are offered. */
export const filters = ["all", "unkept", "kept", "starred", "discarded"] as const;

/** A filter of the sheet. */
export type Filter = (typeof filters)[number];

/** Number of pictures that match each filter. */
export type FilterCounts = Readonly<Record<Filter, number>>;

/** What the filters look at. */
export interface FilteredPicture {
  readonly isKept: boolean;
  readonly isStarred: boolean;
  /** Discarded pictures are counted and shown apart from the others. */
  readonly isDiscarded: boolean;
}

/** Whether a picture matches the filter. */
export const matchesFilter: Readonly<Record<Filter, (picture: FilteredPicture) => boolean>> = {
  all: ({ isDiscarded }) => !isDiscarded,
  unkept: ({ isDiscarded, isKept }) => !isDiscarded && !isKept,
  kept: ({ isDiscarded, isKept }) => !isDiscarded && isKept,
  starred: ({ isDiscarded, isStarred }) => !isDiscarded && isStarred,
  discarded: ({ isDiscarded }) => isDiscarded,
};

/** The filters that a picture matches, by `kindOf`. */
const filtersByKind: readonly (readonly Filter[])[] = Array.from({ length: 8 }, (_, kind) => {
  const picture = { isKept: (kind & 1) > 0, isStarred: (kind & 2) > 0, isDiscarded: (kind & 4) > 0 };
  return filters.filter((filter) => matchesFilter[filter](picture));
});

const kindOf = ({ isKept, isStarred, isDiscarded }: FilteredPicture): number =>
  (isKept ? 1 : 0) + (isStarred ? 2 : 0) + (isDiscarded ? 4 : 0);

/** The filters that a picture matches. Thousands of pictures are counted for each change. */
export const filtersOf = (picture: FilteredPicture): readonly Filter[] => filtersByKind[kindOf(picture)] ?? [];
