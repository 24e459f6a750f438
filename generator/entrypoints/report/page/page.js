// A review, shown: everything comes from the JSON in the page; nothing is fetched, and all text goes in as text.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const EFFECTS = data.effects; // the gravest first
  const state = { query: "", effects: new Set(), family: "", plugin: "", environment: "", operation: "",
    unified: matchMedia("(max-width: 48rem)").matches };
  const CHUNK = 200;
  const OPENED = 4; // objects of a group that are shown at once, where they are no more
  let shown = [];
  let cursor = -1;

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "class") node.className = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat()) if (child !== null && child !== undefined) node.append(child);
    return node;
  };
  const svg = (tag, attributes = {}, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  };
  const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  const told = (effect) => effect.what ? `${effect.what}: ${effect.reason}` : effect.reason;
  const badge = (effect) => make("span", { class: "effect", "data-effect": effect }, effect);
  const key = (bundle) => `${bundle.environment}/${bundle.group}`;
  const versions = (bundle) => {
    const [before, after] = bundle.versions;
    return [bundle.plugin, before && after && before !== after ? `${before} → ${after}` : after || before].filter(Boolean).join(" ");
  };

  // --- which bundles are shown

  const matches = (bundle) => {
    if (state.effects.size && !state.effects.has(bundle.effect)) return false;
    if (state.family && bundle.family !== state.family) return false;
    if (state.plugin && bundle.plugin !== state.plugin) return false;
    if (state.environment && bundle.environment !== state.environment) return false;
    if (state.operation && bundle.operation !== state.operation) return false;
    return state.query.toLowerCase().split(/\s+/).every((word) => bundle.text.includes(word));
  };
  for (const bundle of data.bundles) {
    const objects = bundle.objects.map((one) => `${one.kind} ${one.name}`).join(" ");
    const reasons = bundle.effects.map((one) => `${one.rule} ${one.reason}`).join(" ");
    bundle.text = `${key(bundle)} ${versions(bundle)} ${bundle.operation} ${bundle.effect} ${bundle.namespace} ${bundle.previous} ${bundle.file} ${bundle.causes.join(" ")} ${objects} ${reasons}`.toLowerCase();
  }

  const list = document.getElementById("list");
  const sentinel = make("div", { id: "more" });
  const refresh = () => {
    shown = data.bundles.filter(matches);
    list.replaceChildren();
    cursor = -1;
    grow();
    document.getElementById("count").textContent =
      shown.length === data.bundles.length ? plural(shown.length, "group") : `${shown.length.toLocaleString("en")} of ${plural(data.bundles.length, "group")}`;
    for (const chip of document.querySelectorAll("#chips .effect"))
      chip.setAttribute("aria-pressed", state.effects.has(chip.dataset.effect));
    for (const name of ["plugin", "environment", "operation"]) document.getElementById(name).value = state[name];
    document.getElementById("clear").hidden = !(state.query || state.effects.size || state.family || state.plugin || state.environment || state.operation);
    document.getElementById("chosen").textContent = state.family ? "one family" : "";
  };
  const grow = () => {
    const from = list.querySelectorAll(".bundle").length;
    sentinel.remove();
    for (const bundle of shown.slice(from, from + CHUNK)) list.append(entry(bundle));
    if (from + CHUNK >= shown.length) return;
    list.append(sentinel);
    // Anew: an observer only tells of changes, and whoever scrolls fast sees the end before and after.
    watcher.unobserve(sentinel);
    watcher.observe(sentinel);
  };
  const watcher = new IntersectionObserver((found) => found.some((one) => one.isIntersecting) && grow(), { rootMargin: "600px" });
  const set = (changes) => { Object.assign(state, changes); refresh(); };

  // --- one bundle

  const entry = (bundle) => {
    const first = bundle.effects[0];
    const counts = bundle.counts.map(([sign, count]) => `${sign}${count}`).join(" ");
    const row = make("button", { class: "row", "aria-expanded": "false", type: "button" },
      badge(bundle.effect), make("strong", {}, key(bundle)), make("span", {}, bundle.operation),
      make("span", { class: "soft" }, versions(bundle)), make("span", { class: "mono" }, counts),
      make("span", { class: "why" }, first ? told(first) : ""));
    const node = make("article", { class: "bundle", "data-key": key(bundle) }, row);
    row.addEventListener("click", () => toggle(node, bundle));
    return node;
  };
  const sight = (node, block) => { // not below the bar, however many lines it has in this window
    list.style.setProperty("--bar", `${document.querySelector(".bar").offsetHeight + 4}px`);
    node.scrollIntoView({ block });
  };
  const toggle = (node, bundle, open) => {
    const row = node.querySelector(".row");
    const wanted = open ?? row.getAttribute("aria-expanded") !== "true";
    row.setAttribute("aria-expanded", wanted);
    node.querySelector(".detail")?.remove();
    if (!wanted) return;
    node.append(detail(bundle));
    history.replaceState(null, "", `#${key(bundle)}`);
    // What opens below the edge of the window would not be seen.
    if (innerHeight - row.getBoundingClientRect().bottom < 200) sight(node, "start");
  };
  const detail = (bundle) => {
    const telling = bundle.objects.filter((one) => !one.noise);
    const noise = bundle.objects.filter((one) => one.noise);
    const facts = [
      bundle.upgrades.join(", "), bundle.runtime && `runtime ${bundle.runtime}`, bundle.previous && `was ${bundle.previous}`,
      bundle.namespace && `namespace ${bundle.namespace}`, bundle.target && `applied by ${bundle.target}`,
      bundle.file && `defined in ${bundle.file}${bundle.line ? `:${bundle.line}` : ""}`,
      `${plural(bundle.unchanged, "object")} unchanged`,
    ].filter(Boolean);
    return make("div", { class: "detail" },
      make("p", { class: "soft" }, facts.join(" · ")),
      bundle.causes.length ? make("p", { class: "soft" }, `because of ${bundle.causes.join(", ")}`) : null,
      make("ul", { class: "effects" }, bundle.effects.map((one) =>
        make("li", {}, badge(one.kind), " ", told(one), one.object ? make("code", { class: "soft" }, ` ${one.object}${one.field ? ` ${one.field}` : ""}`) : null,
          one.way ? make("span", { class: "way" }, `how: ${one.way}`) : null))),
      timeline(bundle.operation, bundle.stages),
      telling.map((one) => objectNode(one, telling.length === 1 || (telling.length <= OPENED && one.old.length > 0 && one.new.length > 0))),
      noise.length ? make("details", { class: "object" },
        make("summary", {}, `${plural(noise.length, "object")} with nothing but noise: ${bundle.noise}`), noise.map((one) => objectNode(one, false))) : null,
      !noise.length && bundle.noise ? make("p", { class: "soft" }, `noise in these objects: ${bundle.noise}`) : null);
  };
  const timeline = (operation, stages) => stages.length
    ? make("ol", { class: "stages", "aria-label": `stages of ${operation}` }, stages.map((stage, at) =>
      make("li", {}, make("span", { class: "wave" }, String(at)), make("span", { class: "box" }, stage.map((name) => make("span", {}, name))))))
    : make("p", { class: "soft" }, `${operation}: all components at once`);

  const objectNode = (one, open) => {
    const title = make("summary", {}, make("strong", {}, `${one.kind} ${one.name}`), " ", make("span", { class: "soft" },
      [one.change, one.previous && `was ${one.previous}`, one.component, one.fields.length && plural(one.fields.length, "field")].filter(Boolean).join(" · ")));
    const node = make("details", { class: "object" }, title);
    const fill = () => {
      if (node.open && !node.querySelector(".diff")) node.append(diffTable(one));
    };
    node.addEventListener("toggle", fill);
    node.refill = () => { node.querySelector(".diff")?.remove(); fill(); };
    if (open) node.open = true;
    return node;
  };

  // --- differences of two texts, line by line (longest common subsequence)

  const aligned = (before, after) => {
    let start = 0;
    while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
    let end = 0;
    while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
    const a = before.slice(start, before.length - end), b = after.slice(start, after.length - end);
    const rows = [];
    for (let at = 0; at < start; at += 1) rows.push(["same", at, at]);
    if (a.length * b.length > 4e6) {
      a.forEach((_, at) => rows.push(["cut", start + at, null]));
      b.forEach((_, at) => rows.push(["add", null, start + at]));
    } else {
      const width = b.length + 1, best = new Uint32Array((a.length + 1) * width);
      for (let i = a.length - 1; i >= 0; i -= 1) for (let j = b.length - 1; j >= 0; j -= 1)
        best[i * width + j] = a[i] === b[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
      let i = 0, j = 0;
      while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && a[i] === b[j]) { rows.push(["same", start + i, start + j]); i += 1; j += 1; }
        else if (i < a.length && (j >= b.length || best[(i + 1) * width + j] >= best[i * width + j + 1])) { rows.push(["cut", start + i, null]); i += 1; }
        else { rows.push(["add", null, start + j]); j += 1; }
      }
    }
    for (let at = 0; at < end; at += 1) rows.push(["same", before.length - end + at, after.length - end + at]);
    return rows;
  };
  // Lines of fields that are noise, by their names: they stand there without a colour, and are folded as equal lines are.
  const silenced = (rows, silent, before, after) => rows.map((row) => {
    const [kind, left, right] = row;
    if (kind === "same") return row;
    const name = (left === null ? after[right] : before[left]).trim().split(":", 1)[0];
    return silent.has(name) ? ["silent", left, right] : row;
  });
  const paired = (rows) => {
    const result = [];
    for (let at = 0; at < rows.length;) {
      if (rows[at][0] === "same") { result.push(rows[at]); at += 1; continue; }
      const from = at;
      while (at < rows.length && rows[at][0] !== "same") at += 1;
      for (const kind of ["silent", "both"]) {
        const own = rows.slice(from, at).filter((row) => (row[0] === "silent") === (kind === "silent"));
        const cut = own.filter((row) => row[1] !== null), add = own.filter((row) => row[2] !== null);
        for (let row = 0; row < Math.max(cut.length, add.length); row += 1) result.push([kind, cut[row]?.[1] ?? null, add[row]?.[2] ?? null]);
      }
    }
    return result;
  };
  const marked = (text, other) => {
    if (other === undefined) return [text];
    let start = 0, end = 0;
    while (start < text.length && text[start] === other[start]) start += 1;
    while (end < text.length - start && end < other.length - start && text[text.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    return [text.slice(0, start), make("mark", {}, text.slice(start, text.length - end)), text.slice(text.length - end)];
  };
  const diffTable = (one) => {
    const before = one.old.map((at) => data.lines[at]), after = one.new.map((at) => data.lines[at]);
    const unified = state.unified || !before.length || !after.length; // of one text there is no other side
    const all = silenced(aligned(before, after), new Set(one.silent.map((at) => data.lines[at])), before, after);
    const rows = unified ? all : paired(all);
    const calm = (row) => row[0] === "same" || row[0] === "silent";
    // The first row may be one cell, which gives the columns no widths.
    const table = make("table", { class: "diff" }, make("colgroup", {}, (unified ? ["number", "number", ""] : ["number", "", "number", ""]).map((name) => make("col", { class: name }))));
    const cell = (kind, at, lines, other) => [
      make("td", { class: "number" }, at === null ? "" : String(at + 1)),
      make("td", { class: at === null ? "" : kind }, at === null ? "" : marked(lines[at], other)),
    ];
    const line = ([kind, left, right]) => {
      const look = kind === "silent" ? { class: "silent" } : {};
      if (unified)
        return make("tr", look, make("td", { class: "number" }, left === null ? "" : String(left + 1)), make("td", { class: "number" }, right === null ? "" : String(right + 1)),
          make("td", { class: kind === "cut" || kind === "add" ? kind : "" }, `${kind === "same" ? " " : right === null ? "-" : "+"} ${left === null ? after[right] : before[left]}`));
      const both = kind === "both" && left !== null && right !== null;
      return make("tr", look, cell(calm([kind]) ? "" : "cut", left, before, both ? after[right] : undefined),
        cell(calm([kind]) ? "" : "add", right, after, both ? before[left] : undefined));
    };
    const CONTEXT = 3;
    for (let at = 0; at < rows.length;) {
      if (!calm(rows[at])) { table.append(line(rows[at])); at += 1; continue; }
      let end = at;
      while (end < rows.length && calm(rows[end])) end += 1;
      const from = at === 0 ? at : at + CONTEXT, to = end === rows.length ? end : end - CONTEXT;
      if (to - from < 4) { rows.slice(at, end).forEach((row) => table.append(line(row))); }
      else {
        rows.slice(at, from).forEach((row) => table.append(line(row)));
        const hidden = rows.slice(from, to), noise = hidden.filter((row) => row[0] === "silent").length;
        const skip = make("tr", { class: "skip" }, make("td", { colspan: unified ? 3 : 4 },
          make("button", { type: "button", onclick: () => skip.replaceWith(...hidden.map(line)) },
            `${plural(hidden.length - noise, "equal line")}${noise ? ` and ${noise} of noise` : ""}, show`)));
        table.append(skip);
        rows.slice(to, end).forEach((row) => table.append(line(row)));
      }
      at = end;
    }
    return table;
  };

  // --- the blast radius: plugins, effects, environments, and how many groups lie between them

  const radius = () => {
    const count = (pick) => data.bundles.reduce((found, one) => found.set(pick(one), (found.get(pick(one)) ?? 0) + 1), new Map());
    const order = (counts, known) => [...counts].sort((a, b) => known ? known.indexOf(a[0]) - known.indexOf(b[0]) : b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const most = (rows) => rows.length > 14 ? [...rows.slice(0, 13), ["others", rows.slice(13).reduce((sum, one) => sum + one[1], 0)]] : rows;
    const columns = [
      { name: "plugin", title: "Plugins", pick: (one) => one.plugin || "–" },
      { name: "effect", title: "Effects", pick: (one) => one.effect, known: EFFECTS },
      { name: "environment", title: "Environments", pick: (one) => one.environment },
    ];
    const total = data.bundles.length, gap = 14;
    const width = Math.min(960, Math.max(320, document.getElementById("radius").clientWidth)), narrow = width < 640;
    const short = (text) => narrow && text.length > 12 ? `${text.slice(0, 11)}…` : text;
    columns.forEach((column) => { column.rows = most(order(count(column.pick), column.known)); });
    const tallest = Math.max(...columns.map((column) => column.rows.length));
    const height = Math.max(150, Math.min(420, 44 * tallest));
    const place = (column, value) => column.index.get(value) ?? column.index.get("others");
    columns.forEach((column, at) => {
      const free = height - gap * (column.rows.length - 1);
      column.x = narrow ? [100, width / 2 - 20, width - 110][at] : [150, width / 2 - 10, width - 170][at];
      column.index = new Map();
      let y = 26;
      for (const [value, number] of column.rows) {
        const size = Math.max(4, free * number / total);
        column.index.set(value, { value, number, y, size, from: y, to: y });
        y += size + gap;
      }
      column.bottom = y;
    });
    const picture = svg("svg", { class: "radius", viewBox: `0 0 ${width} ${Math.max(...columns.map((one) => one.bottom)) + 4}`, role: "img",
      "aria-label": `${plural(total, "group")}: ${columns.map((one) => one.rows.map(([value, number]) => `${value} ${number}`).join(", ")).join("; ")}` });
    for (const [left, right] of [[columns[0], columns[1]], [columns[1], columns[2]]]) {
      const pairs = new Map();
      for (const bundle of data.bundles) {
        const a = place(left, left.pick(bundle)), b = place(right, right.pick(bundle));
        const name = `${a.value}\u0000${b.value}`;
        pairs.set(name, { a, b, number: (pairs.get(name)?.number ?? 0) + 1 });
      }
      for (const { a, b, number } of [...pairs.values()].sort((p, q) => p.a.y - q.a.y || p.b.y - q.b.y)) {
        const one = a.size * number / a.number, other = b.size * number / b.number;
        const y1 = a.to + one / 2, y2 = b.from + other / 2, x1 = left.x + 10, x2 = right.x;
        a.to += one; b.from += other;
        const band = svg("path", { class: "band", d: `M${x1},${y1} C${(x1 + x2) / 2},${y1} ${(x1 + x2) / 2},${y2} ${x2},${y2}`, "stroke-width": Math.max(1, Math.min(one, other)) });
        band.style.stroke = `var(--${(left === columns[0] ? b : a).value.replaceAll(" ", "-")})`;
        band.append(svg("title", {}, `${a.value} – ${b.value}: ${plural(number, "group")}`));
        picture.append(band);
      }
    }
    columns.forEach((column, at) => {
      picture.append(svg("text", { class: "heading", x: column.x + (at === 0 ? 10 : 0), y: 14, "text-anchor": at === 0 ? "end" : "start" }, column.title));
      for (const node of column.index.values()) {
        const choose = () => node.value !== "others" && set(column.name === "effect" ? { effects: new Set([node.value]) } : { [column.name]: node.value });
        const group = svg("g", { class: "node", tabindex: 0, role: "button", "aria-label": `show ${node.value}`, onclick: choose,
          onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); } } },
          svg("rect", { x: column.x, y: node.y, width: 10, height: node.size, rx: 2 }));
        if (column.name === "effect") group.firstChild.style.fill = `var(--${node.value.replaceAll(" ", "-")})`;
        const label = svg("text", { x: column.x + (at === 0 ? -8 : 18), y: node.y + node.size / 2 + 4, "text-anchor": at === 0 ? "end" : "start" }, short(node.value));
        label.append(svg("tspan", { class: "count" }, ` ${node.number.toLocaleString("en")}`));
        group.append(label);
        picture.append(group);
      }
    });
    return picture;
  };

  // --- families

  const FAMILIES = 12;
  const families = (count) => data.families.slice(0, count).map((family) => make("section", { class: "family", "data-family": family.id },
    make("header", {}, badge(family.effect), make("strong", {}, family.members === 1 ? family.first : plural(family.members, "group")), make("span", { class: "soft" }, family.subject)),
    family.effects.slice(0, 4).map((one) => make("p", {}, told(one), one.way ? make("span", { class: "way" }, `how: ${one.way}`) : null)),
    family.effects.length > 4 ? make("p", { class: "soft" }, `and ${plural(family.effects.length - 4, "effect")} more`) : null,
    timeline(family.operation, family.stages),
    make("button", { class: "plain", type: "button", onclick: () => { set({ family: family.id }); document.getElementById("groups").scrollIntoView(); } }, `show ${family.members === 1 ? "it" : "them"}`)));

  // --- the page

  const fill = (id, ...nodes) => document.getElementById(id).replaceChildren(...nodes);
  fill("chips", ...data.counts.map(([effect, number]) => make("button", { class: "effect", "data-effect": effect, type: "button", "aria-pressed": "false",
    onclick: () => { const wanted = new Set(state.effects); wanted.delete(effect) || wanted.add(effect); set({ effects: wanted }); } }, `${effect} ${number.toLocaleString("en")}`)));
  for (const name of ["plugin", "environment", "operation"]) {
    const values = [...new Set(data.bundles.map((one) => one[name]).filter(Boolean))].sort();
    const choice = document.getElementById(name);
    choice.append(make("option", { value: "" }, `every ${name}`), ...values.map((value) => make("option", { value }, value)));
    choice.addEventListener("change", () => set({ [name]: choice.value }));
  }
  const search = document.getElementById("search");
  search.addEventListener("input", () => set({ query: search.value }));
  document.getElementById("clear").addEventListener("click", () => { search.value = ""; set({ query: "", effects: new Set(), family: "", plugin: "", environment: "", operation: "" }); });
  document.getElementById("unified").setAttribute("aria-pressed", state.unified);
  const unify = () => { state.unified = !state.unified; for (const node of document.querySelectorAll("details.object")) node.refill?.(); document.getElementById("unified").setAttribute("aria-pressed", state.unified); };
  document.getElementById("unified").addEventListener("click", unify);
  document.getElementById("help").addEventListener("click", () => document.getElementById("keys").showModal());
  if (data.bundles.length) {
    fill("radius", radius());
    let drawn = innerWidth;
    addEventListener("resize", () => { if (innerWidth !== drawn) { drawn = innerWidth; fill("radius", radius()); } });
    const rest = data.families.length - FAMILIES;
    const more = make("button", { class: "plain", id: "all-families", type: "button", onclick: () => fill("families", ...families()) }, `show ${plural(rest, "more kind")} of change`);
    fill("families", ...families(FAMILIES), ...(rest > 0 ? [more] : []));
  }
  else for (const name of ["reach", "what", "groups"]) document.getElementById(name).hidden = true;
  refresh();

  const move = (by) => {
    const nodes = [...list.querySelectorAll(".bundle")];
    if (!nodes.length) return;
    nodes[cursor]?.classList.remove("cursor");
    cursor = Math.max(0, Math.min(nodes.length - 1, cursor + by));
    nodes[cursor].classList.add("cursor");
    nodes[cursor].querySelector(".row").focus({ preventScroll: true });
    sight(nodes[cursor], "nearest");
    if (cursor === nodes.length - 1) grow();
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Escape" && event.target === search) search.blur();
      return;
    }
    const keys = { o: () => {
      const objects = [...list.querySelectorAll(".bundle")][cursor]?.querySelectorAll("details.object") ?? [];
      const open = [...objects].some((one) => !one.open);
      for (const one of objects) one.open = open;
    }, "/": () => search.focus(), j: () => move(1), k: () => move(-1), u: unify, "?": () => document.getElementById("keys").showModal(),
      x: () => document.getElementById("clear").click() };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  const follow = () => {
    const hash = location.hash.slice(1);
    const target = data.bundles.find((one) => key(one) === hash || encodeURI(key(one)) === hash || encodeURIComponent(key(one)) === hash);
    if (!target) return;
    const wanted = key(target);
    set({ query: wanted, effects: new Set(), family: "", plugin: "", environment: "", operation: "" });
    search.value = wanted;
    const node = [...list.querySelectorAll(".bundle")].find((one) => one.dataset.key === wanted);
    if (node) toggle(node, target, true);
  };
  addEventListener("hashchange", follow);
  follow();
})();
