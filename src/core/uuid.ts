const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether the text is a UUID v4, the only kind the API accepts for tasks. */
export const isUuidV4 = (text: string): boolean => uuidV4.test(text);
