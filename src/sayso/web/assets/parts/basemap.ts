// The land below the marks: countries of Natural Earth 1:50m, which is in the public domain, as world-atlas packs them,
// and first-order divisions (made/divisions.mjs), which are asked for when they are to be seen. They come drawn on a
// globe; a flat map has an edge, and what crosses the antimeridian is cut there in two.

import { feature, mesh } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";
import countriesAddress from "world-atlas/countries-50m.json";

type Ring = GeoJSON.Position[];
type Bounds = [west: number, south: number, east: number, north: number];

export interface Area extends GeoJSON.Feature<GeoJSON.MultiPolygon> {
  bbox: Bounds;
}

export interface Basemap {
  areas: Area[];
  borders: GeoJSON.MultiLineString;
}

interface Country {
  country?: string;
}

/** The countries, or null where the server does not give them: marks stand without land below them. */
export async function fetchCountries(): Promise<Basemap | null> {
  const answer = await fetch(countriesAddress);
  if (!answer.ok) return null;
  const atlas = (await answer.json()) as Topology<{ countries: GeometryCollection<Country> }>;
  return basemap(atlas, atlas.objects.countries, () => true);
}

/** First-order divisions; their borders are those within countries alone. Null where the server does not give them. */
export async function fetchDivisions(): Promise<Basemap | null> {
  const answer = await fetch("/static/divisions.json");
  if (!answer.ok) return null;
  const atlas = (await answer.json()) as Topology<{ divisions: GeometryCollection<Country> }>;
  const country = (shape: Shape): string | undefined => (shape.properties as Country | undefined)?.country;
  return basemap(atlas, atlas.objects.divisions, (one, other) => one !== other && country(one) === country(other));
}

type Shape = GeometryObject<Country>;

function basemap(
  atlas: Topology, shapes: GeometryCollection<Country>, drawn: (one: Shape, other: Shape) => boolean,
): Basemap {
  const areas: Area[] = [];
  for (const one of feature(atlas, shapes).features) {
    const { geometry } = one;
    if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") continue;
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const coordinates = polygons.flatMap(cutPolygon);
    areas.push({ ...one, bbox: bounds(coordinates), geometry: { type: "MultiPolygon", coordinates } });
  }
  return { areas, borders: cutLines(mesh(atlas, shapes, drawn)) };
}

const x = (point: GeoJSON.Position | undefined): number => point?.[0] ?? 0;
const y = (point: GeoJSON.Position | undefined): number => point?.[1] ?? 0;

function bounds(polygons: Ring[][]): Bounds {
  const found: Bounds = [180, 90, -180, -90];
  for (const point of polygons.flat(2)) {
    found[0] = Math.min(found[0], x(point));
    found[1] = Math.min(found[1], y(point));
    found[2] = Math.max(found[2], x(point));
    found[3] = Math.max(found[3], y(point));
  }
  return found;
}

function cutPolygon(rings: Ring[]): Ring[][] {
  const open = rings.map(unrolled);
  const [outer] = open;
  if (!outer || outer.every((point) => Math.abs(x(point)) <= 180)) return [rings];
  // The world, and the worlds to its west and east, each clipped to its own window and moved back into the first.
  return [-360, 0, 360].flatMap((shift) => {
    const clipped = open
      .map((ring) => ring.map((point) => [x(point) + shift, y(point)]))
      .map((ring) => clip(clip(ring, -180, 1), 180, -1))
      .filter((ring) => ring.length > 3);
    return clipped.length ? [clipped] : [];
  });
}

/** The ring without jumps from one edge to the other; one that goes round a pole is closed along that pole. */
function unrolled(ring: Ring): Ring {
  let turn = 0;
  const open = ring.map((point, index) => {
    const step = index ? x(point) - x(ring[index - 1]) : 0;
    if (step > 180) turn -= 360;
    else if (step < -180) turn += 360;
    return [x(point) + turn, y(point)];
  });
  const [first, last] = [open[0], open.at(-1)];
  if (first && last && Math.abs(x(first) - x(last)) > 180) {
    const pole = y(first) < 0 ? -90 : 90;
    open.push([x(last), pole], [x(first), pole], first);
  }
  return open;
}

/** What of a ring lies on one side of a meridian (Sutherland and Hodgman 1974). */
function clip(ring: Ring, meridian: number, side: 1 | -1): Ring {
  const inside = (point: GeoJSON.Position): boolean => side * (x(point) - meridian) >= 0;
  const kept: Ring = [];
  ring.forEach((point, index) => {
    const before = ring[index ? index - 1 : ring.length - 1] ?? point;
    if (inside(point) !== inside(before)) {
      const share = (meridian - x(before)) / (x(point) - x(before));
      kept.push([meridian, y(before) + share * (y(point) - y(before))]);
    }
    if (inside(point)) kept.push(point);
  });
  const [first] = kept;
  return first ? [...kept, first] : [];
}

/** Lines broken where they jump over the edge, and without what runs along it: that is a cut, not a border. */
function cutLines(lines: GeoJSON.MultiLineString): GeoJSON.MultiLineString {
  const edge = (point: GeoJSON.Position | undefined): boolean => Math.abs(x(point)) > 179.99;
  const coordinates: Ring[] = [];
  for (const line of lines.coordinates) {
    let piece: Ring = [];
    line.forEach((point, index) => {
      const before = line[index - 1];
      if (before && (Math.abs(x(point) - x(before)) > 180 || (edge(point) && edge(before)))) {
        if (piece.length > 1) coordinates.push(piece);
        piece = [];
      }
      piece.push(point);
    });
    if (piece.length > 1) coordinates.push(piece);
  }
  return { type: "MultiLineString", coordinates };
}
