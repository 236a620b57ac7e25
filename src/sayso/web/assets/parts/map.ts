// The map: no pin claims to know more than the sources do. A circle is a place told exactly; a dashed ring one told as
// "near" it or as its district; a whole region or country is tinted where no more than that is told.

import L from "leaflet";
import "leaflet/dist/leaflet.css";
import { fetchCountries, fetchDivisions, type Area, type Basemap } from "./basemap";
import { colour, digits, make } from "./dom";
import { entry, NONE, trimmed, type Box, type Points, type Spot } from "./points";

/** Kilometres that a ring reaches around a place told so where no borders of it are known: it says "about here". */
const REACH: Partial<Record<string, number>> = { near: 15, district: 30, region: 90 };

/** From here on divisions are large enough to be seen. */
const DIVISIONS_FROM = 5;

/** Of many events so many on each side lie outside of the first view: capitals far away are not to make the rest one dot. */
const OUTSIDE = 0.04;

/** Of what is told exactly, and of what is told less narrowly. */
type Colours = [mark: string, place: string];

export class EventMap {
  private readonly map: L.Map;
  private readonly marks = L.layerGroup();
  private readonly tints = L.layerGroup();
  private readonly land = L.layerGroup();
  private readonly within = L.layerGroup();
  private readonly told = make("p", { className: "summary quiet" });
  private base: Basemap | null = null;
  private divisions: Basemap | null = null;
  private divided: Promise<void> | null = null;
  private readonly countries: Promise<void>;
  private painting = 0;
  private points: Points | null = null;
  private shows: (index: number) => boolean = () => true;
  private moving = false;

  constructor(
    root: HTMLElement,
    private readonly onMove: (box: Box) => void,
    private readonly onPlace: (name: string) => void,
  ) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const pane = make("div", { className: "pane" });
    root.prepend(pane, this.told);
    this.map = L.map(pane, {
      attributionControl: false, preferCanvas: true, minZoom: 1, maxZoom: 10, zoomAnimation: !still, fadeAnimation: !still,
      inertia: !still, maxBounds: [[-89, -200], [89, 200]], scrollWheelZoom: false,
    }); // prettier-ignore
    L.control.attribution({ prefix: false }).addAttribution("Natural Earth").addTo(this.map);
    this.map.setView([25, 20], 2, { animate: false });
    for (const layer of [this.land, this.within, this.tints, this.marks]) layer.addTo(this.map);
    this.map.getContainer().setAttribute("aria-label", "Map of the events; the arrow keys move it, + and - zoom");
    // Scrolling past the map scrolls the page; who works in the map zooms with the wheel.
    this.map.on("focus", () => this.map.scrollWheelZoom.enable());
    this.map.on("blur", () => this.map.scrollWheelZoom.disable());
    this.map.on("moveend", () => this.moving || this.onMove(this.box()));
    new ResizeObserver(() => this.map.invalidateSize({ animate: false, pan: false })).observe(pane);
    this.map.on("zoomend", () => this.paintDivisions());
    this.countries = fetchCountries().then((base) => {
      this.base = base;
      this.restyle();
    });
  }

  box(): Box {
    const bounds = this.map.getBounds();
    const lon = (degrees: number): number => Math.max(-180, Math.min(180, degrees));
    return {
      south: Math.max(-90, bounds.getSouth()), west: lon(bounds.getWest()),
      north: Math.min(90, bounds.getNorth()), east: lon(bounds.getEast()),
    }; // prettier-ignore
  }

  load(points: Points, box: Box | null): void {
    this.points = points;
    this.quietly(() => {
      this.map.invalidateSize({ animate: false, pan: false });
      if (box) this.map.fitBounds([[box.south, box.west], [box.north, box.east]], { animate: false });
      else this.fit();
    });
    this.paint();
  }

  filter(shows: (index: number) => boolean): void {
    this.shows = shows;
    this.map.closePopup();
    this.paint();
  }

  /** In the colours of the theme. */
  restyle(): void {
    this.paintLand();
    this.map.getContainer().dataset["land"] = this.base ? "drawn" : "none";
    this.paint();
  }

  /** What the program moves is no choice of the user's. */
  private quietly(move: () => void): void {
    this.moving = true;
    move();
    this.moving = false;
  }

  /** Shows where the events are. */
  private fit(): void {
    const all = this.points?.spots ?? [];
    const narrow = all.filter((spot) => spot.precision !== "country");
    const spots = narrow.length ? narrow : all;
    const numbers = new Map(all.map((spot) => [spot, 0]));
    for (let index = 0; this.points && index < this.points.cells; index++) {
      const spot = all[entry(this.points.spot, index)];
      if (spot) numbers.set(spot, (numbers.get(spot) ?? 0) + entry(this.points.number, index));
    }
    const weights = spots.map((spot) => numbers.get(spot) ?? 0);
    const [south, north] = trimmed(spots.map((spot) => spot.latitude), weights, OUTSIDE);
    const [west, east] = trimmed(spots.map((spot) => spot.longitude), weights, OUTSIDE);
    if (south === undefined || north === undefined || west === undefined || east === undefined) return;
    this.map.fitBounds(L.latLngBounds([south, west], [north, east]).pad(0.15), { animate: false, maxZoom: 8 });
  }

  private paintLand(): void {
    this.land.clearLayers();
    const fill = { stroke: false, fillColor: colour("land"), fillOpacity: 1, interactive: false };
    for (const area of this.base?.areas ?? []) L.geoJSON(area, { style: fill, interactive: false }).addTo(this.land);
    const line = { color: colour("border"), weight: 0.8, interactive: false };
    if (this.base) L.geoJSON(this.base.borders, { style: line, interactive: false }).addTo(this.land);
    this.paintDivisions();
  }

  /** Borders within countries, where the map is near enough for them. */
  private paintDivisions(): void {
    this.within.clearLayers();
    if (this.map.getZoom() < DIVISIONS_FROM) return;
    if (!this.divisions) void this.divide();
    else {
      const line = { color: colour("border"), weight: 0.6, dashArray: "1 3", interactive: false };
      L.geoJSON(this.divisions.borders, { style: line, interactive: false }).addTo(this.within);
      this.map.getContainer().dataset["divisions"] = "drawn";
    }
  }

  /** Fetches the divisions, once, when the land stands; they are drawn when they are here. */
  private divide(): Promise<void> {
    this.divided ??= this.countries.then(fetchDivisions).then((divisions) => {
      this.divisions = divisions;
      if (!divisions) return;
      this.paintDivisions();
      this.paint();
    });
    return this.divided;
  }

  private paint(): void {
    cancelAnimationFrame(this.painting);
    this.painting = requestAnimationFrame(() => this.paintMarks());
  }

  private paintMarks(): void {
    const points = this.points;
    if (!points) return;
    const counts = new Uint32Array(points.spots.length);
    let nowhere = 0;
    let shown = 0;
    for (let index = 0; index < points.cells; index++) {
      if (!this.shows(index)) continue;
      const number = entry(points.number, index);
      shown += number;
      const spot = entry(points.spot, index);
      if (spot === NONE) nowhere += number;
      else counts[spot] = (counts[spot] ?? 0) + number;
    }
    this.tints.clearLayers();
    this.marks.clearLayers();
    const order = [...points.spots.keys()].filter((at) => counts[at]);
    const colours: Colours = [colour("link"), colour("place")];
    order.sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0));
    for (const at of order) {
      const spot = points.spots[at];
      if (spot) this.mark(spot, counts[at] ?? 0, colours);
    }
    this.told.textContent = `${digits(shown - nowhere)} on the map, at ${digits(order.length)} place${order.length === 1 ? "" : "s"}${nowhere ? `; ${digits(nowhere)} without a place known` : ""}.`;
  }

  private mark(spot: Spot, number: number, [mark, place]: Colours): void {
    const at = L.latLng(spot.latitude, spot.longitude);
    const share = Math.min(0.45, 0.08 + Math.log10(number + 1) / 10);
    let layer: L.Layer;
    const area = this.area(spot);
    if (area) {
      layer = L.geoJSON(area, {
        style: { color: place, weight: 1, dashArray: "2 4", fillColor: place, fillOpacity: share },
      }).addTo(this.tints);
    } else if (spot.precision === "country") {
      return;
    } else {
      const reach = spot.precision ? REACH[spot.precision] : undefined;
      layer = reach
        ? L.circle(at, { radius: reach * 1_000, color: place, weight: 1.5, dashArray: "4 4", fillOpacity: share / 2 })
        : L.circleMarker(at, { radius: 3 + 2 * Math.log2(number + 1), color: mark, weight: 1, fillOpacity: 0.4 });
      layer.addTo(this.marks);
    }
    // Not bound to the mark: it is to stay where marks are drawn anew because borders have come.
    layer.on("click", ({ latlng }: L.LeafletMouseEvent) => {
      L.popup().setLatLng(area ? latlng : at).setContent(this.popup(spot, number)).openOn(this.map);
    });
  }

  /** The area that is all the sources tell of a place: its country or its region. */
  private area(spot: Spot): Area | undefined {
    if (spot.precision === "region" && !this.divisions) void this.divide();
    const areas = { country: this.base, region: this.divisions }[spot.precision as "country" | "region"]?.areas;
    return areas?.find((one) => within(one, spot));
  }

  private popup(spot: Spot, number: number): HTMLElement {
    const how = { near: "near ", district: "in the district of ", region: "in the region of ", country: "somewhere in " };
    const name = spot.name ?? "an unnamed place";
    const words = `${digits(number)} event${number === 1 ? "" : "s"} ${how[spot.precision as keyof typeof how] ?? "in "}${name}`;
    const only = make("button", { type: "button", textContent: "Only this place" });
    only.addEventListener("click", () => spot.name && this.onPlace(spot.name));
    return make("div", {}, make("p", { textContent: words }), spot.name ? only : "");
  }
}

/** Whether the place lies in the area: a ray to the east crosses its outline an odd number of times. */
function within(area: Area, spot: Spot): boolean {
  const [west, south, east, north] = area.bbox;
  if (spot.longitude < west || spot.longitude > east || spot.latitude < south || spot.latitude > north) return false;
  let inside = false;
  for (const ring of area.geometry.coordinates.flat()) {
    for (let index = 1; index < ring.length; index++) {
      const [x1 = 0, y1 = 0] = ring[index - 1] ?? [];
      const [x2 = 0, y2 = 0] = ring[index] ?? [];
      if (y1 > spot.latitude !== y2 > spot.latitude) {
        if (spot.longitude < x1 + ((spot.latitude - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
      }
    }
  }
  return inside;
}
