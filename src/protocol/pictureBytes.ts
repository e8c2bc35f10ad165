/** From host to the panel's page: the bytes of a picture, which the page asked for to copy it. */
export interface PictureBytesMessage {
  readonly type: "pictureBytes";
  /** Id of the picture. */
  readonly picture: string;
  /** Absent if the picture cannot be read. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}
