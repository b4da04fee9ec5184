/** The pages of the documentation by the part of the navigation that they stand in. */
export const pages: Readonly<Record<string, readonly string[]>>
