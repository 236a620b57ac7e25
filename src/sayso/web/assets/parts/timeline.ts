// The timeline: events told to the day as columns, events told less precisely as spans below them, drawn fainter the
// less is known; of very many, how many cover each day. Drag to choose days, scroll to zoom; the arrow keys do the same (see the help text in the page).

import { scaleUtc } from "d3-scale";
import { colour, digits, make } from "./dom";
import { entry, isoDay, NONE, toDate, toDay, trimmed, type Days, type Points } from "./points";

const AXIS = 20; // Height of the axis, in CSS pixels.
const LANE = 5; // Height of a span with the gap below it.
const COLUMN = 4; // Least width of a column.
const EXACT = 1; // Days that an event told to the day, or across a night, spans at most.

/** Events told less precisely than to the day, in CSS pixels from the left. */
interface Span {
  left: number;
  right: number;
  number: number;
  disputed: boolean;
}

export class Timeline {
  private readonly canvas = make("canvas");
  private readonly told = make("p", { className: "summary quiet" });
  private points: Points | null = null;
  private shows: (index: number) => boolean = () => true;
  private whole: Days = [0, 1];
  private view: Days = [0, 1];
  private chosen: Days | null = null;
  private drawing = 0;

  constructor(
    root: HTMLElement,
    private readonly onChoose: (days: Days | null) => void,
  ) {
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", "Timeline");
    this.canvas.setAttribute("aria-describedby", "timeline-help");
    this.told.setAttribute("role", "status");
    root.prepend(this.canvas, this.told);
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    this.listen();
  }

  /** Show other points, over all the time in which they happened. */
  load(points: Points, chosen: Days | null): void {
    this.points = points;
    this.chosen = chosen;
    this.whole = extent(points);
    this.view = chosen ? padded([Math.min(chosen[0], this.whole[0]), Math.max(chosen[1], this.whole[1])]) : this.whole;
    this.draw();
  }

  /** Show only some of them. */
  filter(shows: (index: number) => boolean): void {
    this.shows = shows;
    this.draw();
  }

  choose(days: Days | null): void {
    this.chosen = days;
    this.draw();
  }

  zoom(factor: number, at = (this.view[0] + this.view[1]) / 2): void {
    const least = 7;
    const width = Math.max(least, Math.min((this.view[1] - this.view[0]) * factor, 3 * (this.whole[1] - this.whole[0])));
    const share = (at - this.view[0]) / (this.view[1] - this.view[0]);
    this.view = [at - share * width, at + (1 - share) * width];
    this.draw();
  }

  reset(): void {
    this.view = this.whole;
    this.draw();
  }

  draw(): void {
    cancelAnimationFrame(this.drawing);
    this.drawing = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const context = this.canvas.getContext("2d");
    if (!context || !width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    context.scale(ratio, ratio);
    const [from, to] = this.view;
    const x = (day: number): number => ((day - from) / (to - from)) * width;
    this.paintAxis(context, width, height);
    if (this.points) this.paintEvents(context, this.points, x, width, height);
    if (this.chosen) {
      const [left, right] = [x(this.chosen[0]), x(this.chosen[1] + 1)];
      context.fillStyle = colour("paper");
      context.globalAlpha = 0.65;
      context.fillRect(0, 0, left, height - AXIS);
      context.fillRect(right, 0, width - right, height - AXIS);
      context.globalAlpha = 1;
      context.strokeStyle = colour("link");
      context.lineWidth = 2;
      context.strokeRect(left, 1, Math.max(2, right - left), height - AXIS - 2);
    }
  }

  private paintAxis(context: CanvasRenderingContext2D, width: number, height: number): void {
    const scale = scaleUtc([toDate(this.view[0]), toDate(this.view[1])], [0, width]);
    const format = scale.tickFormat();
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "bottom";
    context.strokeStyle = colour("line");
    context.lineWidth = 1;
    for (const tick of scale.ticks(Math.max(2, width / 90))) {
      // Nothing here is told by the hour.
      if (tick.getUTCHours()) continue;
      const at = Math.round(scale(tick)) + 0.5;
      context.beginPath();
      context.moveTo(at, 0);
      context.lineTo(at, height - AXIS + 4);
      context.stroke();
      context.fillStyle = colour("quiet");
      const label = format(tick);
      const room = context.measureText(label).width;
      context.fillText(label, Math.min(Math.max(0, at - room / 2), width - room), height - 2);
    }
  }

  private paintEvents(
    context: CanvasRenderingContext2D, points: Points, x: (day: number) => number, width: number, height: number,
  ): void {
    const columns = new Uint32Array(Math.ceil(width / COLUMN) + 1);
    const spans: Span[] = [];
    let [shown, inside, undated] = [0, 0, 0];
    for (let index = 0; index < points.cells; index++) {
      if (!this.shows(index)) continue;
      const number = entry(points.number, index);
      const [first, last] = [entry(points.earliest, index), entry(points.latest, index)];
      shown += number;
      if (first === NONE || last === NONE) {
        undated += number;
        continue;
      }
      if (this.chosen && last >= this.chosen[0] && first <= this.chosen[1]) inside += number;
      const [left, right] = [x(first), x(last + 1)];
      if (right < 0 || left > width) continue;
      if (last - first <= EXACT) {
        const at = Math.floor((left + right) / 2 / COLUMN);
        if (at >= 0 && at < columns.length) columns[at] = (columns[at] ?? 0) + number;
      } else spans.push({ left, right, number, disputed: points.disputed[index] === 1 });
    }
    const room = height - AXIS;
    const band = this.paintSpans(context, spans, width, room);
    const tallest = columns.reduce((most, one) => Math.max(most, one), 1);
    const base = room - band - 3;
    context.fillStyle = colour("link");
    columns.forEach((number, at) => {
      if (!number) return;
      const tall = Math.max(3, (Math.sqrt(number) / Math.sqrt(tallest)) * (base - 4));
      context.fillRect(at * COLUMN, base - tall, COLUMN - 1, tall);
    });
    this.tell(shown, inside, undated);
  }

  /** Spans in lanes from below, each in the first that is free; says how high they are. */
  private paintSpans(context: CanvasRenderingContext2D, spans: Span[], width: number, room: number): number {
    const most = Math.floor(room / 2 / LANE);
    const free: number[] = [];
    const lanes: number[] = [];
    for (const { left, right } of spans) {
      let lane = free.findIndex((end) => end <= left);
      if (lane < 0) lane = free.length;
      // They would lie over one another and hide how many they are.
      if (lane >= most) return this.paintDensity(context, spans, width, room);
      free[lane] = right + 1;
      lanes.push(lane);
    }
    const [calm, warn] = [colour("time"), colour("warn")];
    spans.forEach(({ left, right, disputed }, index) => {
      context.fillStyle = disputed ? warn : calm;
      // A few pixels read as solid, a span across the whole view as a veil.
      context.globalAlpha = Math.max(0.2, Math.min(0.8, 3 / Math.sqrt(Math.max(right - left, 1))));
      context.fillRect(left, room - ((lanes[index] ?? 0) + 1) * LANE, Math.max(2, right - left), LANE - 1);
    });
    context.globalAlpha = 1;
    return free.length * LANE;
  }

  /** Of very many spans, how many cover each day (the root of it, as of the columns); says how high it is. */
  private paintDensity(context: CanvasRenderingContext2D, spans: Span[], width: number, room: number): number {
    const changes = new Float64Array(Math.ceil(width) + 2);
    for (const { left, right, number } of spans) {
      const from = Math.max(0, Math.floor(left));
      const to = Math.min(changes.length - 1, Math.max(from + 1, Math.floor(right)));
      changes[from] = (changes[from] ?? 0) + number;
      changes[to] = (changes[to] ?? 0) - number;
    }
    let covering = 0;
    const cover = changes.map((change) => (covering += change));
    const tallest = cover.reduce((most, one) => Math.max(most, one), 1);
    const band = room / 2;
    context.fillStyle = colour("time");
    context.globalAlpha = 0.55;
    cover.forEach((number, at) => {
      const tall = Math.sqrt(number / tallest) * band;
      context.fillRect(at, room - tall, 1, tall);
    });
    context.globalAlpha = 1;
    return band;
  }

  private tell(shown: number, inside: number, undated: number): void {
    const parts = [`${digits(shown)} event${shown === 1 ? "" : "s"}`];
    if (this.chosen) parts.push(`${digits(inside)} of them from ${isoDay(this.chosen[0])} to ${isoDay(this.chosen[1])}`);
    else if (shown > undated) parts.push(`${isoDay(this.whole[0])} to ${isoDay(this.whole[1])}`);
    if (undated) parts.push(`${digits(undated)} without a date`);
    const words = `${parts.join("; ")}.`;
    if (this.told.textContent !== words) this.told.textContent = words;
  }

  private listen(): void {
    const dayAt = (event: PointerEvent | WheelEvent): number => {
      const box = this.canvas.getBoundingClientRect();
      return this.view[0] + ((event.clientX - box.left) / box.width) * (this.view[1] - this.view[0]);
    };
    let began: number | null = null;
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      began = dayAt(event);
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (began == null) return;
      const now = dayAt(event);
      this.choose([Math.floor(Math.min(began, now)), Math.floor(Math.max(began, now))]);
    });
    this.canvas.addEventListener("pointerup", (event) => {
      if (began == null) return;
      const box = this.canvas.getBoundingClientRect();
      const moved = (Math.abs(dayAt(event) - began) / (this.view[1] - this.view[0])) * box.width;
      began = null;
      // A click, not a drag, lets go of the days.
      if (moved < 4) this.choose(null);
      this.onChoose(this.chosen);
    });
    this.canvas.addEventListener("pointercancel", () => (began = null));
    this.canvas.addEventListener(
      "wheel",
      (event) => {
        // Without a key the page scrolls, as it does everywhere else.
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
        event.preventDefault();
        this.zoom((event.deltaY || event.deltaX) > 0 ? 1.25 : 0.8, dayAt(event));
      },
      { passive: false },
    );
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    const width = this.view[1] - this.view[0];
    const step = Math.max(1, Math.round(width / 50));
    const arrow = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (arrow !== undefined) {
      const middle = Math.round((this.view[0] + this.view[1]) / 2);
      const [first, last] = this.chosen ?? [middle - 2 * step, middle + 2 * step];
      if (!this.chosen) this.choose([first, last]);
      else if (event.shiftKey) this.choose([first, Math.max(first, last + arrow)]);
      else this.choose([first + arrow, last + arrow]);
      this.onChoose(this.chosen);
    } else if (event.key === "Escape" && this.chosen) {
      this.choose(null);
      this.onChoose(null);
    } else if (event.key === "+" || event.key === "=") this.zoom(0.7);
    else if (event.key === "-") this.zoom(1.4);
    else if (event.key === "0") this.reset();
    else return;
    event.preventDefault();
  }
}

/** Of many events so many on each side lie outside of the first view: one of another century is not to flatten the rest. */
const OUTSIDE = 0.01;

function extent(points: Points): Days {
  const dated = [...points.earliest.keys()].filter((index) => entry(points.earliest, index) !== NONE);
  const weights = dated.map((index) => entry(points.number, index));
  const first = trimmed(dated.map((index) => entry(points.earliest, index)), weights, OUTSIDE)[0];
  const last = trimmed(dated.map((index) => entry(points.latest, index)), weights, OUTSIDE)[1];
  return padded(first === undefined || last === undefined ? [toDay(new Date()) - 365, toDay(new Date())] : [first, last]);
}

function padded([first, last]: Days): Days {
  const pad = Math.max(3, Math.round((last - first) / 50));
  return [first - pad, last + pad];
}
