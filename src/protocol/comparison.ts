/** One picture of a compare tab. */
export interface ComparedPicture {
  /** What the user knows it by: a path, or words of its prompt. */
  readonly label: string;
  /** Link to its bytes; absent if they could not be read. */
  readonly link?: string;
  /** A sentence that says why they could not be read. */
  readonly problem?: string;
}

/** From host to the page of a compare tab, on each `ready`. That page sends no other intent. */
export interface ComparisonMessage {
  readonly type: "comparison";
  readonly left: ComparedPicture;
  readonly right: ComparedPicture;
}
