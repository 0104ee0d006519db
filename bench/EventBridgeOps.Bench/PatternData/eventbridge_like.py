#!/usr/bin/env python3
"""eventbridge_like.py DIR: EventBridge-shaped workload, 20,000 events and rule sets. rules_*.jsonl: {"name","pattern"(JSON text)}; events: one JSON per line."""
import json, os, random, sys
R = random.Random(42); D=os.path.join(sys.argv[1],'')
SVC=['com.acme.%s'%s for s in ('orders','billing','shipping','catalog','users','search','fraud','email','stock','returns')]
DT=['%s%s'%(a,b) for a in ('Order','Invoice','Parcel','Item','User') for b in ('Created','Updated','Deleted','Failed')]
REG=['us-east-1','eu-west-1','ap-southeast-2']; ST=['pending','paid','shipped','cancelled','failed','init-retry']
W=['red','green','blue','vip','new','gift','bulk','fast','eu','us']
def event(i):
    r=R
    d={"tenantId":"t-%06d"%r.randrange(100000),"orderId":"o-%08d"%r.randrange(10**8),"status":r.choice(ST),"amount":round(r.uniform(0,1000),2),"count":r.randrange(50),
       "customer":{"email":"user%d@%s"%(r.randrange(5000),r.choice(['example.com','acme.io','mail.test'])),"ip":"10.%d.%d.%d"%(r.randrange(256),r.randrange(256),r.randrange(256)),"vip":r.random()<.1},
       "items":[{"sku":"sku-%04d"%r.randrange(2000),"qty":r.randrange(1,9),"price":round(r.uniform(1,200),2)} for _ in range(r.randrange(1,6))],
       "tags":r.sample(W,r.randrange(0,4)),"path":"orders/%d/%s/%s.%s"%(r.randrange(2020,2027),r.choice(REG),r.choice(W),r.choice(['json','png','csv','pdf'])),
       "note":r.choice([None,"","ok","manual review"])}
    if r.random()<.3: d["error"]={"code":"E%03d"%r.randrange(100),"message":"something failed in step %d"%r.randrange(20)}
    return {"version":"0","id":"%08x-0000-4000-8000-%012x"%(i,r.randrange(2**48)),"detail-type":r.choice(DT),"source":r.choice(SVC),"account":"%012d"%r.choice([111122223333,123456789012,999988887777]),
            "time":"2026-%02d-%02dT%02d:00:00Z"%(r.randrange(1,13),r.randrange(1,29),r.randrange(24)),"region":r.choice(REG),"resources":["arn:aws:acme:%s:123456789012:order/%d"%(r.choice(REG),r.randrange(10**6))],"detail":d}
evs=[event(i) for i in range(20000)]
open(D+'eb_events.jsonl','w').write(''.join(json.dumps(e,separators=(',',':'))+'\n' for e in evs))
def write(fn,rules): open(D+fn,'w').write(''.join(json.dumps({"name":"r%d"%i,"pattern":json.dumps(p,separators=(',',':'))})+'\n' for i,p in enumerate(rules)))
def exact(n):
    o=[]
    for i in range(n):
        if i%2==0: e=R.choice(evs); o.append({"source":[e["source"]],"detail-type":[e["detail-type"]],"detail":{"tenantId":[e["detail"]["tenantId"]]}})
        else: o.append({"source":[R.choice(SVC)],"detail-type":[R.choice(DT)],"detail":{"tenantId":["t-%06d"%R.randrange(100000)]}})
    return o
for n in (1000,10000,100000): write('rules_exact_%d.jsonl'%n,exact(n))
def mixed():
    e=R.choice(evs); d=e["detail"]; p={"source":[e["source"]],"detail-type":R.sample(DT,2)}
    x=R.random(); det={}
    if x<.50: det["tenantId"]=[d["tenantId"]]; det["status"]=R.sample(ST,2)
    elif x<.62: det["tenantId"]=[{"prefix":d["tenantId"][:R.choice([5,6,7])]}]
    elif x<.70: det["customer"]={"email":[{"suffix":d["customer"]["email"][-R.choice([12,14,16]):]}]}; det["tenantId"]=[{"prefix":d["tenantId"][:4]}]
    elif x<.76: det["status"]=[{"equals-ignore-case":d["status"].upper()}]; det["tenantId"]=[{"prefix":d["tenantId"][:5]}]
    elif x<.82: det["status"]=[{"anything-but":R.sample(ST,3)}]; det["tenantId"]=[{"prefix":d["tenantId"][:5]}]
    elif x<.90: a=round(R.uniform(0,990),1); det["amount"]=[{"numeric":[">=",a,"<",a+5]}]; det["count"]=[{"numeric":[">",R.randrange(40)]}]
    elif x<.94: det["error"]={"code":[{"exists":R.random()<.5}]}; det["tenantId"]=[d["tenantId"]]
    elif x<.96: det["customer"]={"ip":[{"cidr":"10.%d.0.0/16"%R.randrange(256)}]}
    elif x<.98: det["path"]=[{"wildcard":"orders/%d/*/%s.*"%(R.randrange(2020,2027),R.choice(W))}]; det["tenantId"]=[{"prefix":d["tenantId"][:5]}]
    else: det["$or"]=[{"items":{"sku":["sku-%04d"%R.randrange(2000)]}},{"amount":[{"numeric":[">",995]}],"customer":{"vip":[True]}}]
    p["detail"]=det; return p
m=[mixed() for _ in range(10000)]
write('rules_mixed_1000.jsonl',m[:1000]); write('rules_mixed_10000.jsonl',m)
import statistics
print('mean event bytes',statistics.mean(len(json.dumps(e,separators=(',',':'))) for e in evs))
