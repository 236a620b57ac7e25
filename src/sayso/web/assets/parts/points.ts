// The events as points in time and space: /api/1/points, and which of them two views let through.

export interface Spot {
  name: string | null;
  country: string | null;
  latitude: number;
  longitude: number;
  precision: "exact" | "near" | "district" | "region" | "country" | null;
}

/** Columns: the n-th of each is the n-th event's. Days count from 1970-01-01. */
export interface Points {
  ids: string[];
  earliest: (number | null)[];
  latest: (number | null)[];
  type: number[];
  spot: (number | null)[];
  disputed: boolean[];
  voices: number[];
  types: string[];
  spots: Spot[];
}

/** First and last day, both inclusive, counted from 1970-01-01. */
export type Days = readonly [first: number, last: number];

/** Degrees; west is greater than east where the box spans the antimeridian. */
export interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

const DAY = 86_400_000;

export const toDate = (day: number): Date => new Date(day * DAY);
export const toDay = (date: Date): number => Math.floor(date.getTime() / DAY);
export const isoDay = (day: number): string => toDate(day).toISOString().slice(0, 10);

/** The first or last day that "2016", "2016-03" or "2016-03-12" may mean; null for anything else. */
export function parseDay(written: string | null, end: "first" | "last"): number | null {
  const parts = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(written ?? "");
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), parts[2], parts[3]];
  if (end === "first" || day) return toDay(new Date(Date.UTC(year, Number(month ?? 1) - 1, Number(day ?? 1))));
  return toDay(month ? new Date(Date.UTC(year, Number(month), 1)) : new Date(Date.UTC(year + 1, 0, 1))) - 1;
}

export function parseBox(written: string | null): Box | null {
  const [south, west, north, east, ...more] = (written ?? "").split(",").map(Number);
  if (south === undefined || west === undefined || north === undefined || east === undefined || more.length) return null;
  return [south, west, north, east].every(Number.isFinite) ? { south, west, north, east } : null;
}

export async function fetchPoints(query: string, signal: AbortSignal): Promise<Points> {
  const answer = await fetch(`/api/1/points?${query}`, { signal });
  if (!answer.ok) throw new Error(`The server could not give the points (${answer.status}).`);
  return (await answer.json()) as Points;
}

/** Whether the n-th event can have happened in these days; the rule of the server's filter. */
export function happens(points: Points, index: number, days: Days | null): boolean {
  if (!days) return true;
  const [first, last] = [points.earliest[index], points.latest[index]];
  return first != null && last != null && last >= days[0] && first <= days[1];
}

/** Whether the n-th event's place lies in the box. */
export function lies(points: Points, index: number, box: Box | null): boolean {
  if (!box) return true;
  const at = points.spot[index];
  const spot = at == null ? undefined : points.spots[at];
  if (!spot || spot.latitude < box.south || spot.latitude > box.north) return false;
  const [east, west] = [spot.longitude <= box.east, spot.longitude >= box.west];
  return box.west <= box.east ? east && west : east || west;
}
