// node validate.mjs NODE_MODULES OBJECTS.json: validates Kubernetes objects without a cluster and prints
// {"checked": n, "faults": ["Kind/name: what is wrong"]}.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, file] = process.argv.slice(2);

// Of the Prometheus operator's own kinds only what its documents require; their schemas come in no package.
const own = {
  "monitoring.coreos.com/v1/ServiceMonitor": ({ spec }) => {
    if (!spec?.selector) throw new Error("spec.selector is required");
    const strange = Object.keys(spec).filter((key) => !["selector", "endpoints", "jobLabel", "namespaceSelector", "targetLabels"].includes(key));
    if (strange.length > 0) throw new Error(`unknown key: ${strange}`);
    if (!Array.isArray(spec.endpoints) || spec.endpoints.length === 0) throw new Error("spec.endpoints is required");
    for (const endpoint of spec.endpoints) {
      const unknown = Object.keys(endpoint).filter(
        (key) => !["port", "path", "interval", "scrapeTimeout", "scheme", "relabelings", "metricRelabelings"].includes(key),
      );
      if (!endpoint.port || unknown.length > 0) throw new Error(`an endpoint has no port, or an unknown key: ${unknown}`);
    }
  },
  "monitoring.coreos.com/v1/PrometheusRule": ({ spec }) => {
    if (!Array.isArray(spec?.groups) || spec.groups.length === 0) throw new Error("spec.groups is required");
    for (const group of spec.groups) {
      if (!group.name || !Array.isArray(group.rules)) throw new Error("a group needs a name and rules");
      for (const rule of group.rules) {
        if (!rule.expr || Boolean(rule.alert) === Boolean(rule.record)) throw new Error("a rule is an alert or a record with expr");
        const unknown = Object.keys(rule).filter(
          (key) => !["alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"].includes(key),
        );
        if (unknown.length > 0) throw new Error(`unknown key: ${unknown}`);
      }
    }
  },
};

// The schemas' own code asks an object for every field that there is, and no other: what it never asks for is misspelt.
function watched(value, at, unread) {
  if (value === null || typeof value !== "object") return value;
  const children = new Map();
  for (const key of Object.keys(value)) {
    if (!Array.isArray(value)) unread.add(`${at}/${key}`);
    children.set(key, watched(value[key], `${at}/${key}`, unread));
  }
  return new Proxy(value, {
    get(target, key) {
      unread.delete(`${at}/${String(key)}`);
      return children.has(key) ? children.get(key) : target[key];
    },
  });
}

async function unknownFields(object, model) {
  const [, schema] = readFileSync(model, "utf8").match(/from"([^"]*_schemas\/[^"]+)"/);
  const { validate } = await import(new URL(schema, pathToFileURL(model)).href);
  const unread = new Set();
  validate(watched(object, "", unread));
  // Of an unknown field only itself is told, not what is in it.
  return [...unread].filter((field) => ![...unread].some((other) => field.startsWith(`${other}/`)));
}

async function check(object) {
  const key = `${object.apiVersion}/${object.kind}`;
  if (own[key]) {
    if (!object.metadata?.name) throw new Error("metadata.name is required");
    own[key](object);
    return;
  }
  const model = path.resolve(modules, "kubernetes-models", object.apiVersion, `${object.kind}.js`);
  if (!existsSync(model)) throw new Error(`Kubernetes has no ${key}`);
  const { [object.kind]: Model } = await import(pathToFileURL(model).href);
  new Model(object).validate();
  const unknown = await unknownFields(object, model);
  if (unknown.length > 0) throw new Error(`Kubernetes knows no ${unknown.join(", ")}`);
}

const objects = JSON.parse(readFileSync(file, "utf8"));
const faults = [];
for (const object of objects) {
  try {
    await check(object);
  } catch (error) {
    faults.push(`${object.kind}/${object.metadata?.name}: ${String(error.message).split("\n")[0]}`);
  }
}
process.stdout.write(JSON.stringify({ checked: objects.length, faults }));
