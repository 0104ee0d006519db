// Times, names and JSON for people.

const pad = (number, length = 2) => String(number).padStart(length, "0");

const day = date => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

export const clock = date => `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;

/** A local time; with its day if that is not the day of the sandbox. */
export function shortTime(date, now) {
  return day(date) === day(now) ? clock(date) : `${day(date)} ${clock(date)}`;
}

/** A local time in full, with its offset from UTC. */
export function fullTime(date) {
  const offset = -date.getTimezoneOffset();
  const size = Math.abs(offset);
  const zone = offset === 0 ? "UTC" : `UTC${offset < 0 ? "−" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
  return `${day(date)} ${clock(date)}.${pad(date.getMilliseconds(), 3)} ${zone}`;
}

/** A span in its two largest units: "2 h 5 min". */
export function span(seconds) {
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  let rest = Math.max(0, Math.round(seconds));
  const first = units.findIndex(([, size]) => rest >= size);
  if (first < 0) return "0 s";
  return units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count} ${name}` : null;
  }).filter(Boolean).join(" ");
}

export const count = (number, one, many = one + "s") => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const services = {
  sqs: "SQS queue", sns: "SNS topic", batch: "Batch job queue", events: "Event bus", lambda: "Lambda function",
  logs: "Log group", states: "State machine", ecs: "ECS cluster", kinesis: "Kinesis stream", firehose: "Firehose stream",
};

/** What an ARN names: its service and its last part. */
export function target(arn) {
  const parts = String(arn).split(":");
  if (parts.length < 6) return { service: "", name: String(arn) };
  const resource = parts.slice(5).join(":");
  return {
    service: resource.startsWith("api-destination/") ? "API destination" : services[parts[2]] ?? parts[2],
    name: resource.replace(/^(job-queue|event-bus|api-destination|cluster)\/|^(function|log-group|stateMachine):/, ""),
  };
}

export const outcomes = {
  Delivered: "Delivered",
  Retrying: "Retrying",
  DeadLettered: "Dead-lettered",
  Lost: "Lost",
  NotSimulated: "Not simulated",
};

const longest = 100000;
const deepest = 40;

/** JSON with line breaks and indents. Each value stays as it is written, which JSON.parse would not do for numbers; what is not JSON stays whole. */
export function indented(text) {
  if (text.length > longest) return text;
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  let before = "";
  const parts = [];
  const line = () => "\n" + "  ".repeat(Math.min(depth, deepest));
  for (const [token] of text.matchAll(/"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const isFirst = before === "{" || before === "[";
    const isEnd = token === "}" || token === "]";
    if (isEnd) depth--;
    if (isFirst !== isEnd || before === ",") parts.push(line());
    parts.push(token === ":" ? ": " : token);
    if (token === "{" || token === "[") depth++;
    before = token;
  }
  return parts.join("");
}
