#!/usr/bin/env python3
"""citylots2_like.py OUT.jsonl.gz: a synthetic look-alike of the data set that event-ruler's benchmarks use.
Same schema, 213,068 events, ~900 bytes on average, and exactly the match counts that Benchmarks.java asserts for its 14 rule sets."""
import random, gzip, sys, json
R = random.Random(20260721)
N = 213068
def spread(counts, fill):
    l = [k for k, n in counts for _ in range(n)]
    l += [fill() for _ in range(N - len(l))]
    R.shuffle(l); return l
# --- streets
base = [('FULTON',1910),('MOULTON',22),('MASON',2657),('MASONIC',293),('JEFFERSON',131),('FUNSTON',477),('WASHINGTON',3000),('JACKSON',2500),('HARRISON',2500),('CLAYTON',2400),('MISSION',2324),
        ('ACEVEDO',24),('BLYTHDALE',442),('DRUMM',13),('DRAKE',25),('LAKE',846),('RHODE ISLAND',328),('IRVING',1963),('DIEGO',682),('BEACH',211),('HYDE',1758),('CHESTNUT',825)]
syl = ['BAL','CAB','DOL','ELS','GEA','HOW','KIR','LOM','MAR','NOR','OAK','PAC','QUI','SAN','TUR','VAL','WEB','YOR','COR','GUE']
syl2 = ['BOA','RIL','ORE','IER','RYA','ARD','HAM','ROA','EGA','TIZ','IFI','NTA','ENC','STE','ANA','ERO']
suf = ['A','ES','ER','TH','LEY','TA','RO','IA','AND','HILL','VIEW','FORD']
streets = set()
while len(streets) < 1400:
    s = R.choice(syl) + R.choice(syl2) + R.choice(suf)
    if s[:2] in ('AC','BL','DR','FU','RH') or s.startswith('MASO') or s.endswith(('ON','KE','MM','ING','GO')): continue
    streets.add(s)
streets = sorted(streets)
STREET = spread(base, lambda: R.choice(streets))
ST_TYPE = spread([('ST',116386),('SQ',15),('CT',1774)], lambda: R.choice(['AVE','AVE','AVE','DR','BLVD','WAY','TER','LN',None]))
def from_st():
    while True:
        s = str(R.randint(1,3999))
        if not s.startswith('44') and not s.endswith('41'): return s
FROM = spread([('441',2453)] + [(R.choice(['440','442','445','448','4400','4408']),1) for _ in range(1524)] + [(R.choice(['1141','2341','541','1741','3241']),1) for _ in range(1560)], from_st)
import re
wl = [re.compile(x) for x in (r'143.*',r'2.*0.*1.*7',r'.*218',r'3.*5.*2',r'VA.*IL')]
def lot():
    while True:
        s = '%04d%03d' % (R.randint(1,9999), R.randint(1,199) if R.random()<.9 else R.randint(200,999))
        if not any(w.fullmatch(s) for w in wl): return s
def uniq(n, mk, only):
    o = []
    while len(o) < n:
        s = mk()
        if s not in ('1430022','2607117','2607218','3745012') and [i for i,w in enumerate(wl) if w.fullmatch(s)] == [only]: o.append((s,1))
    return o
MB = [('1430022',1),('2607117',101),('2607218',35),('3745012',655),('VACSTWIL',1)]
MB += uniq(489, lambda:'143%d%03d'%(R.randint(0,9),R.randint(1,199)), 0)
MB += uniq(612, lambda:'2%d0%d1%d7'%(R.randint(0,9),R.randint(0,9),R.randint(0,9)), 1)
MB += uniq(8, lambda:'%04d218'%R.randint(4000,9999), 2)
MB += uniq(1885, lambda:'3%02d5%02d2'%(R.randint(0,99),R.randint(0,99)), 3)
ok = MB
MBL = spread(ok, lot)
# --- geometry
T = -122.41600944012424; L = -122.46471267081272; H = -122.4063085128395; V = -122.42916360922355; Y1 = 37.729900216217324
zones = ['Z1']*39895 + ['Z2']*109053 + ['Z3']*18000 + ['Z4']*46120
R.shuffle(zones)
rng = {'Z1':(-122.51,L-0.0006),'Z2':(L+0.0006,T-0.0006),'Z3':(T+0.0006,H-0.0006),'Z4':(H+0.0006,-122.36)}
idx = {z:[i for i,k in enumerate(zones) if k==z] for z in rng}
multi = set(R.sample(range(N),120))
pick = lambda z,n,used: [i for i in R.sample(idx[z], n+400) if i not in multi and i not in used][:n]
used=set()
c31 = pick('Z3',498,used); used|=set(c31)
c23 = pick('Z2',248,used); used|=set(c23)
c12 = pick('Z1',432,used); used|=set(c12)
xv = pick('Z2',218,used); used|=set(xv)
firstv = set(xv[:2]); xv=set(xv); c31=set(c31); c23=set(c23); c12=set(c12)
y1 = min(multi)
f = lambda x: repr(x)
def ev(i):
    lo,hi = rng[zones[i]]
    cx = R.uniform(lo,hi); cy = R.uniform(37.708,37.832)
    n = max(4, min(60, int(R.lognormvariate(2.12,0.62))))
    pts = [(cx+R.uniform(-2.5e-4,2.5e-4), cy+R.uniform(-2e-4,2e-4)) for _ in range(n)]
    pts = [(x if x not in (V,) else x+1e-9, y) for x,y in pts]
    if i in firstv: pts[0]=(V,pts[0][1])
    elif i in xv: pts[R.randint(1,n-1)]=(V,cy)
    if i in c31: pts[-2]=(T-R.uniform(1e-6,1e-4),cy)
    if i in c23: pts[-2]=(T+R.uniform(1e-6,1e-4),cy)
    if i in c12: pts[-2]=(L+R.uniform(1e-6,1e-4),cy)
    if i==y1: pts[1]=(pts[1][0],Y1)
    pts.append(pts[0])
    co = ','.join('{"x":%s,"y":%s,"z":0}'%(f(x),f(y)) for x,y in pts)
    m = MBL[i]; b = m[:4]
    return '{"type":"Feature","properties":{"MAPBLKLOT":"%s","BLKLOT":"%s","BLOCK_NUM":"%s","LOT_NUM":"%s","FROM_ST":"%s","TO_ST":"%s","STREET":"%s","ST_TYPE":%s,"ODD_EVEN":"%s"},"geometry":{"type":"%s","firstCoordinates":{"x":%s,"y":%s,"z":0},"coordinates":[%s]}}'%(
        m,m,b,m[4:],FROM[i],FROM[i],STREET[i],json.dumps(ST_TYPE[i]),R.choice('EO'),'MultiPolygon' if i in multi else 'Polygon',f(pts[0][0]),f(pts[0][1]),co)
out = sys.argv[1]
tot=0
with gzip.open(out,'wt',compresslevel=4) as g:
    for i in range(N):
        s=ev(i); tot+=len(s)+1; g.write(s+'\n')
print(N,'events, mean bytes',tot/N)
