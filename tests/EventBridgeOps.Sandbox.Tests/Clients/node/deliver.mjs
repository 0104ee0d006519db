// Twelve rules, two queues and forty events with the AWS SDK for JavaScript alone; a Batch target that is stale dies into the queue with its reason.
import { BatchClient, CreateComputeEnvironmentCommand, CreateJobQueueCommand, DeregisterJobDefinitionCommand, RegisterJobDefinitionCommand } from "@aws-sdk/client-batch";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const [endpoint, role] = process.argv.slice(2);
const events = new EventBridgeClient({ endpoint }), sqs = new SQSClient({ endpoint }), batch = new BatchClient({ endpoint });
const region = await events.config.region();
const arnOf = (name) => `arn:aws:sqs:${region}:123456789012:${name}`;

const queues = {};
for (const name of ["even", "odd", "dead"]) {
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: arnOf(name) }] });
  queues[name] = (await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }))).QueueUrl;
}

async function drain(name) {
  const found = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queues[name], MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }));
    if (Messages.length === 0) return found;
    for (const message of Messages) {
      found.push(message);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queues[name], ReceiptHandle: message.ReceiptHandle }));
    }
  }
}

for (let n = 0; n < 12; n++) {
  const name = `rule-${n}`;
  await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify({ source: ["js"], detail: { n: [{ numeric: [">=", n, "<", n + 5] }] } }) }));
  await events.send(new PutTargetsCommand({ Rule: name, Targets: [{
    Id: "t", Arn: arnOf(n % 2 ? "odd" : "even"),
    InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: `{"rule": "${name}", "n": <n>}` },
  }] }));
}

const wanted = { even: [], odd: [] };
for (let start = 0; start < 40; start += 10) {
  const numbers = Array.from({ length: 10 }, (_, index) => (start + index) % 20);
  const answer = await events.send(new PutEventsCommand({ Entries: numbers.map((n) => ({ Source: "js", DetailType: "d", Detail: JSON.stringify({ n }) })) }));
  if (answer.FailedEntryCount) throw new Error(JSON.stringify(answer));
  for (const n of numbers)
    for (let rule = 0; rule < 12; rule++)
      if (n >= rule && n < rule + 5) wanted[rule % 2 ? "odd" : "even"].push(JSON.stringify({ rule: `rule-${rule}`, n }));
}

const same = {};
for (const name of ["even", "odd"]) {
  const found = (await drain(name)).map((message) => JSON.stringify(JSON.parse(message.Body))).sort();
  same[name] = JSON.stringify(found) === JSON.stringify(wanted[name].sort()) && found.length > 50;
}

await batch.send(new CreateJobQueueCommand({ jobQueueName: "jobs", priority: 1, computeEnvironmentOrder: [] }));
await batch.send(new RegisterJobDefinitionCommand({ jobDefinitionName: "job", type: "container", containerProperties: { image: "busybox" } }));
await batch.send(new DeregisterJobDefinitionCommand({ jobDefinition: "job:1" }));
await events.send(new PutRuleCommand({ Name: "stale", EventPattern: JSON.stringify({ source: ["stale"] }) }));
await events.send(new PutTargetsCommand({ Rule: "stale", Targets: [{
  Id: "t", Arn: `arn:aws:batch:${region}:123456789012:job-queue/jobs`, RoleArn: role, BatchParameters: { JobDefinition: "job:1", JobName: "j" }, DeadLetterConfig: { Arn: arnOf("dead") },
}] }));
await events.send(new PutEventsCommand({ Entries: [{ Source: "stale", DetailType: "d", Detail: "{}" }] }));
const [dead] = await drain("dead");
console.log(JSON.stringify({ ...same, reason: dead.MessageAttributes.ERROR_MESSAGE.StringValue, source: JSON.parse(dead.Body).source }));
