// The events as points in time and space, as web/drawing.py packs them, and which of them two views let through.

export interface Spot {
  name: string | null;
  country: string | null;
  latitude: number;
  longitude: number;
  precision: "exact" | "near" | "district" | "region" | "country" | null;
}

/** Columns: the n-th of each is that of the n-th cell, which holds `number` events of the same days at the same spot.
 * Days count from 1970-01-01; `NONE` stands for no day, no spot. */
export interface Points {
  cells: number;
  earliest: Int32Array;
  latest: Int32Array;
  spot: Int32Array;
  number: Int32Array;
  disputed: Uint8Array;
  spots: Spot[];
}

export const NONE = -(2 ** 31);

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

export async function fetchPoints(address: string, signal: AbortSignal): Promise<Points> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`The server could not give the points (${answer.status}).`);
  const packed = await answer.arrayBuffer();
  const head = new DataView(packed);
  const [cells, length] = [head.getUint32(0, true), head.getUint32(4, true)];
  let at = 8;
  const column = (): Int32Array => {
    const numbers = new Int32Array(packed, at, cells);
    at += 4 * cells;
    return numbers;
  };
  const [earliest, latest, spot, number] = [column(), column(), column(), column()];
  const disputed = new Uint8Array(packed, at, cells);
  const spots = JSON.parse(new TextDecoder().decode(new Uint8Array(packed, at + cells, length))) as Spot[];
  return { cells, earliest, latest, spot, number, disputed, spots };
}

/** The n-th number of a column; `NONE` beyond its end. */
export const entry = (column: Int32Array, index: number): number => column[index] ?? NONE;

/** Whether the events of the n-th cell can have happened in these days; the rule of the server's filter. */
export function happens(points: Points, index: number, days: Days | null): boolean {
  if (!days) return true;
  const [first, last] = [entry(points.earliest, index), entry(points.latest, index)];
  return first !== NONE && last !== NONE && last >= days[0] && first <= days[1];
}

/** Whether the place of the n-th cell lies in the box. */
export function lies(points: Points, index: number, box: Box | null): boolean {
  if (!box) return true;
  const spot = points.spots[entry(points.spot, index)];
  if (!spot || spot.latitude < box.south || spot.latitude > box.north) return false;
  const [east, west] = [spot.longitude <= box.east, spot.longitude >= box.west];
  return box.west <= box.east ? east && west : east || west;
}

/** The least and the greatest of `values`, each there as often as its weight says; of a hundred or more without the
 * outermost `share` on either side. Empty where there are none. */
export function trimmed(values: number[], weights: number[], share: number): [] | [least: number, greatest: number] {
  const order = [...values.keys()].sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const cut = total < 100 ? 0 : Math.floor(total * share);
  const end = (from: number[]): number | undefined => {
    let passed = 0;
    const at = from.find((index) => (passed += weights[index] ?? 0) > cut);
    return at === undefined ? undefined : values[at];
  };
  const [least, greatest] = [end(order), end(order.reverse())];
  return least === undefined || greatest === undefined ? [] : [least, greatest];
}
