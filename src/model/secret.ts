/** Stands where a secret stood: a password, a token, what a variable of others held. */
export const MASK = "***";
