"use strict";
// The map: countries from the shipped Natural Earth data, records as clustered points. Text of reports becomes text
// nodes only. Where the map is moved, the page for that part is asked for, and its list, filters and URL are taken over.
(() => {
  const WORLD = L.latLngBounds([-60, -180], [84, 180]);
  const PARTS = ["map-bar", "map-chips", "on-view"];
  let map = null;
  let layer = null;
  let shapes = null;
  let asked = null;
  let partial = false;

  function element(name, words, cls) {
    const made = document.createElement(name);
    if (words !== undefined) made.textContent = words;
    if (cls) made.className = cls;
    return made;
  }

  function link(point) {
    const made = element("a", point.title || point.type);
    made.href = "/records/" + encodeURIComponent(point.id);
    made.dir = "auto";
    return made;
  }

  function facts(point) {
    const told = [point.type, point.status.replaceAll("_", " "), point.days, point.place];
    told.push(point.reports === 1 ? "1 report" : point.reports + " reports");
    return told.filter(Boolean).join(" · ");
  }

  function card(points) {
    const made = element("div", undefined, "popup");
    if (points.length > 1) made.append(element("p", points.length + " records here", "popup-head"));
    for (const point of points.slice(0, 50)) {
      const item = element("p");
      item.append(link(point), element("span", facts(point), "popup-facts"));
      made.append(item);
    }
    if (points.length > 50) made.append(element("p", "and " + (points.length - 50) + " more: zoom in or filter"));
    return made;
  }

  function clusterIcon(cluster) {
    const count = cluster.getChildCount();
    const size = count < 10 ? 30 : count < 100 ? 38 : 46;
    return L.divIcon({ html: String(count), className: "cluster", iconSize: [size, size] });
  }

  function draw(points) {
    if (layer) layer.remove();
    layer = L.markerClusterGroup({
      iconCreateFunction: clusterIcon, showCoverageOnHover: false, spiderfyOnMaxZoom: false, zoomToBoundsOnClick: false,
      maxClusterRadius: 64, animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    for (const point of points) {
      const icon = L.divIcon({ className: "dot d-" + point.status, iconSize: [24, 24] });
      const marker = L.marker([point.latitude, point.longitude], { icon, title: point.title, alt: point.title });
      marker.point = point;
      marker.bindPopup(() => card([point]), { maxWidth: 280, maxHeight: 260 });
      layer.addLayer(marker);
    }
    layer.on("clusterclick", (event) => {
      const bounds = event.layer.getBounds();
      if (bounds.getNorthEast().distanceTo(bounds.getSouthWest()) < 2000 || map.getZoom() >= map.getMaxZoom()) {
        const here = event.layer.getAllChildMarkers().map((marker) => marker.point);
        L.popup({ maxWidth: 300, maxHeight: 260 }).setLatLng(event.layer.getLatLng()).setContent(card(here)).openOn(map);
      } else {
        map.fitBounds(bounds, { padding: [30, 30], maxZoom: map.getZoom() + 4 });
      }
    });
    layer.addTo(map);
  }

  // Countries over the date line come as rings that jump from one edge to the other: they are drawn on past each edge.
  function overDateLine(feature) {
    const { type, coordinates } = feature.geometry;
    const found = [];
    for (const polygon of type === "Polygon" ? [coordinates] : coordinates) {
      const crosses = polygon.some((ring) => ring.some((at, n) => n > 0 && Math.abs(at[0] - ring[n - 1][0]) > 180));
      if (!crosses) {
        found.push(polygon);
        continue;
      }
      const east = polygon.map((ring) => ring.map(([x, y]) => [x < 0 ? x + 360 : x, y]));
      found.push(east, east.map((ring) => ring.map(([x, y]) => [x - 360, y])));
    }
    feature.geometry = { type: "MultiPolygon", coordinates: found };
  }

  async function drawCountries(countries) {
    if (!shapes) {
      const world = await (await fetch("/static/vendor/countries-50m.json")).json();
      shapes = topojson.feature(world, world.objects.countries);
      shapes.features.forEach(overDateLine);
    }
    const counts = new Map(countries.map((country) => [country.number, country]));
    const most = Math.max(1, ...countries.map((country) => country.count));
    const shade = (count) => (count ? 1 + Math.min(3, Math.floor((4 * Math.log(count)) / Math.log(most + 1))) : 0);
    L.geoJSON(shapes, {
      filter: (feature) => feature.id !== "010",
      style: (feature) => {
        const count = counts.get(feature.id)?.count || 0;
        return { className: "country shade-" + shade(count), weight: 0.6, interactive: count > 0 };
      },
      onEachFeature: (feature, drawn) => {
        const country = counts.get(feature.id);
        if (!country) return;
        drawn.bindPopup(() => {
          const made = element("div", undefined, "popup");
          const url = new URL(location.href);
          for (const name of ["bbox", "page", "sort"]) url.searchParams.delete(name);
          url.searchParams.set("country", country.code);
          url.pathname = "/records";
          const to = element("a", country.count === 1 ? "1 record" : country.count.toLocaleString("en") + " records");
          to.href = url.pathname + url.search;
          made.append(element("p", country.name, "popup-head"), to);
          return made;
        });
      },
    }).addTo(map).bringToBack();
  }

  function box() {
    const view = map.getBounds();
    const round = (number, low, high) => Math.min(high, Math.max(low, Number(number.toFixed(3))));
    return [
      round(view.getWest(), -180, 180), round(view.getSouth(), -90, 90),
      round(view.getEast(), -180, 180), round(view.getNorth(), -90, 90),
    ].join(",");
  }

  async function moved() {
    const url = new URL(location.href);
    const view = box();
    if (url.searchParams.get("bbox") === view) return;
    url.searchParams.set("bbox", view);
    url.searchParams.delete("page");
    const path = url.pathname + url.search.replaceAll("%2C", ",");
    history.replaceState(history.state, "", path);
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(path, { signal: asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const pairs = PARTS.map((id) => [document.getElementById(id), page.getElementById(id)]);
      pairs.push([document.querySelector(".panel"), page.querySelector(".panel")]);
      for (const [old, made] of pairs) {
        if (!old || !made) continue;
        old.replaceWith(made);
        htmx.process(made);
      }
      fold();
      say(page.getElementById("found").dataset.told);
      if (partial) await load(page.getElementById("map").dataset.points, false);
    } catch (error) {
      if (error.name !== "AbortError") say("The list could not be brought up to date.");
    }
  }

  async function load(url, first) {
    const told = await (await fetch(url)).json();
    partial = told.partial;
    draw(told.points);
    const note = document.getElementById("map-note");
    if (told.points.length < told.total) {
      note.textContent = `${told.points.length.toLocaleString("en")} of ${told.total.toLocaleString("en")} records are drawn, the latest reported: zoom in or filter to see the others.`;
    }
    if (first) await drawCountries(told.countries);
    return told.points;
  }

  async function start() {
    const place = document.getElementById("map");
    if (!place || place.dataset.drawn) return;
    place.dataset.drawn = "yes";
    if (map) map.remove();
    layer = null;
    map = L.map(place, {
      minZoom: 0, maxZoom: 10, zoomSnap: 0.25, zoomDelta: 1, maxBounds: WORLD.pad(0.1), maxBoundsViscosity: 0.8, worldCopyJump: false,
      attributionControl: false,
    });
    map.setView([25, 15], 1.5, { animate: false });
    const given = (place.dataset.bbox || "").split(",").map(Number);
    try {
      const points = await load(place.dataset.points, true);
      if (given.length === 4) {
        map.fitBounds([[given[1], given[0]], [given[3], given[2]]], { animate: false });
      } else if (points.length) {
        const bounds = L.latLngBounds(points.map((point) => [point.latitude, point.longitude]));
        map.fitBounds(bounds, { animate: false, padding: [24, 24], maxZoom: 6 });
      }
    } catch {
      document.getElementById("map-note").textContent = "The map could not be drawn. The list has all records.";
    }
    // The size of the window is no choice of what to look at.
    let resized = false;
    map.on("resize", () => { resized = true; });
    map.on("moveend", () => {
      if (!resized) moved();
      resized = false;
    });
  }

  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:afterSettle", start);
})();
