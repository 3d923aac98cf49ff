/** A straight line through measured points: `y = start + slope * x`. */
export interface Fit {
  readonly start: number;
  readonly slope: number;
  /** The largest share by which a point lies beside the line. */
  readonly worst: number;
}

/**
 * The line with the least sum of squared shares: each point counts by how many hundredths it lies beside, else the
 * largest log alone would decide.
 */
export function fitLine(points: readonly { readonly x: number; readonly y: number }[]): Fit {
  let weights = 0;
  let xs = 0;
  let ys = 0;
  let xx = 0;
  let xy = 0;
  for (const { x, y } of points) {
    const weight = 1 / (y * y);
    weights += weight;
    xs += weight * x;
    ys += weight * y;
    xx += weight * x * x;
    xy += weight * x * y;
  }
  const slope = (weights * xy - xs * ys) / (weights * xx - xs * xs);
  const start = (ys - slope * xs) / weights;
  const worst = Math.max(...points.map(({ x, y }) => Math.abs(start + slope * x - y) / y));
  return { start, slope, worst };
}
