"""A battery of claims with the answer that each must get; the reasons are mathematics, not what the prover says.

A line is ``answer | claim | variables | hypotheses``. Answers: ``proved``, ``refuted``, ``invalid``; ``open``: neither
proved nor refuted, because the claim is not defined at some admissible point or beyond the grammar's mathematics;
``never_proved``: false or undecided, so that anything but ``proved`` and ``invalid`` will do. Near misses stand beside
the claims that they miss: each proved line has a refuted or open neighbour.
"""

BATTERY = """
# polynomial
proved|(a+b)**3 == a**3+3*a**2*b+3*a*b**2+b**3|a:real b:real
refuted|(a+b)**3 == a**3+3*a**2*b+a*b**2+b**3|a:real b:real
proved|(a-b)*(a+b) == a**2-b**2|a:complex b:complex
refuted|(a-b)*(a+b) == a**2+b**2|a:complex b:complex
proved|x**4+y**4 >= x**3*y+x*y**3|x:real y:real
refuted|x**4+y**4 >= x**3*y+x*y**3+1/1000|x:real y:real
proved|(x**2+1)*(y**2+1) >= (x*y+1)**2|x:real y:real
refuted|(x**2+1)*(y**2+1) > (x*y+1)**2|x:real y:real
proved|x**2*y**4+x**4*y**2+1 >= 3*x**2*y**2|x:real y:real
proved|a**2+b**2+c**2+d**2 >= a*b+b*c+c*d+d*a|a:real b:real c:real d:real
proved|x**2+y**2+z**2+3 >= 2*(x+y+z)|x:real y:real z:real
refuted|x**2+y**2+z**2+3 > 2*(x+y+z)|x:real y:real z:real
proved|x**2+2*x+2 > 0|x:real
refuted|x**2+2*x+1 > 0|x:real
proved|x*(1-x) <= 1/4|x:real
refuted|x*(1-x) < 1/4|x:real
proved|x**3+y**3 >= x**2*y+x*y**2|x:nonneg y:nonneg
refuted|x**3+y**3 >= x**2*y+x*y**2|x:real y:real
proved|x**5-5*x+4 >= 0|x:nonneg
refuted|x**5-5*x+399/100 >= 0|x:nonneg
proved|x <= 2|x:real|x**3 <= 8
proved|x**3 < y**3|x:real y:real|x < y
refuted|x**2 < y**2|x:real y:real|x < y
proved|x == 0 and y == 0|x:real y:real|x**2+y**2 == 0
proved|x == 1|x:real|x**3 == 1
refuted|x == 1|x:real|x**2 == 1
proved|x == 1 or x == -1|x:real|x**2 == 1
proved|x*y > 0 or x == 0 or y == 0 or x*y < 0|x:real y:real
proved|(x+y)/2 >= Min(x,y)|x:real y:real
# rational functions
proved|1/(1/x) == x|x:real|x != 0
open|1/(1/x) == x|x:real
proved|(x**2-1)/(x-1) == x+1|x:real|x != 1
open|(x**2-1)/(x-1) == x+1|x:real
proved|1/x-1/(x+1) == 1/(x*(x+1))|x:positive
refuted|1/x-1/(x+1) == 1/(x*(x-1))|x:real|x > 1
proved|x+1/x >= 2|x:positive
refuted|x+1/x > 2|x:positive
refuted|x+1/x >= 2|x:real|x != 0
proved|x+1/x <= -2|x:negative
proved|1/(x+y) <= (1/x+1/y)/4|x:positive y:positive
proved|x/(1+x) < 1|x:nonneg
refuted|x/(1+x) < 99/100|x:nonneg
proved|x/(1+x) <= y/(1+y)|x:nonneg y:nonneg|x <= y
# exp log
proved|exp(a+b) == exp(a)*exp(b)|a:real b:real
refuted|exp(a+b) == exp(a)+exp(b)|a:real b:real
proved|exp(z+w) == exp(z)*exp(w)|z:complex w:complex
proved|log(a*b) == log(a)+log(b)|a:positive b:positive
open|log(a*b) == log(a)+log(b)|a:real b:real|a*b > 0
refuted|log(a+b) == log(a)+log(b)|a:positive b:positive
proved|log(a/b) == log(a)-log(b)|a:positive b:positive
proved|log(x**2) == 2*log(Abs(x))|x:real|x != 0
open|log(x**2) == 2*log(x)|x:real|x != 0
proved|log(exp(x)) == x|x:real
proved|exp(log(x)) == x|x:positive
open|exp(log(x)) == x|x:real
never_proved|log(exp(z)) == z|z:complex
proved|exp(x) >= 1+x|x:real
refuted|exp(x) > 1+x|x:real
refuted|exp(x) >= 1+x+1/1000|x:real
proved|exp(x) > 1+x|x:positive
proved|exp(x) >= 1+x+x**2/2|x:nonneg
refuted|exp(x) >= 1+x+x**2/2|x:real
proved|log(x) <= x-1|x:positive
refuted|log(x) < x-1|x:positive
proved|log(1+x) >= x/(1+x)|x:real|x > -1
proved|log(x) < x|x:positive
proved|log(x) > 0|x:real|x > 1
refuted|log(x) > 0|x:positive
proved|exp(x) < exp(y)|x:real y:real|x < y
proved|log(x) < log(y)|x:positive y:real|x < y
proved|(exp(x)+exp(y))/2 >= exp((x+y)/2)|x:real y:real
refuted|(exp(x)+exp(y))/2 > exp((x+y)/2)|x:real y:real
proved|x**y == exp(y*log(x))|x:positive y:real
open|x**y == exp(y*log(x))|x:real y:real
proved|(x**a)**b == x**(a*b)|x:positive a:real b:real
open|(x**a)**b == x**(a*b)|x:real a:real b:real
refuted|(x**2)**(1/2) == x|x:real
proved|(x**2)**(1/2) == Abs(x)|x:real
proved|2**x*3**x == 6**x|x:real
refuted|2**x+3**x == 5**x|x:real
proved|x**x > 0|x:positive
# roots
proved|sqrt(x*y) == sqrt(x)*sqrt(y)|x:nonneg y:nonneg
open|sqrt(x*y) == sqrt(x)*sqrt(y)|x:real y:real|x*y >= 0
refuted|sqrt(x+y) == sqrt(x)+sqrt(y)|x:nonneg y:nonneg
proved|sqrt(x+y) <= sqrt(x)+sqrt(y)|x:nonneg y:nonneg
refuted|sqrt(x+y) < sqrt(x)+sqrt(y)|x:nonneg y:nonneg
proved|sqrt(x)**2 == x|x:nonneg
open|sqrt(x)**2 == x|x:real
refuted|sqrt(x**2) == x|x:real
proved|sqrt(x**2) == -x|x:negative
never_proved|sqrt(z**2) == z|z:complex
never_proved|sqrt(z)**2 == z*sqrt(z)/sqrt(z)|z:complex
proved|sqrt(x**2+2*x+1) == Abs(x+1)|x:real
refuted|sqrt(x**2+2*x+1) == x+1|x:real
proved|sqrt(x) <= (x+1)/2|x:nonneg
proved|x**(1/3)*x**(2/3) == x|x:nonneg
open|(x**3)**(1/3) == x|x:real
proved|(x**3)**(1/3) == x|x:nonneg
proved|sqrt(2)+sqrt(3) > 3.146|
proved|sqrt(12) == 2*sqrt(3)|
refuted|sqrt(12) == 3*sqrt(2)|
proved|(sqrt(3)+sqrt(2))*(sqrt(3)-sqrt(2)) == 1|
proved|sqrt(2)**2 == 2|
refuted|sqrt(2) == 1.4142135623730950488016887242|
proved|1/sqrt(x) == sqrt(x)/x|x:positive
proved|sqrt(x)<sqrt(y)|x:nonneg y:real|x<y
# trig
proved|sin(x)**2+cos(x)**2 == 1|x:real
refuted|sin(x)**2-cos(x)**2 == 1|x:real
proved|sin(2*x) == 2*sin(x)*cos(x)|x:complex
refuted|sin(2*x) == 2*sin(x)|x:real
proved|cos(x+y) == cos(x)*cos(y)-sin(x)*sin(y)|x:real y:real
refuted|cos(x+y) == cos(x)*cos(y)+sin(x)*sin(y)|x:real y:real
proved|tan(x) == sin(x)/cos(x)|x:real|cos(x) != 0
open|tan(x) == sin(x)/cos(x)|x:real
proved|1+tan(x)**2 == 1/cos(x)**2|x:real|cos(x) != 0
proved|sin(3*x) == 3*sin(x)-4*sin(x)**3|x:real
proved|cos(4*x) == 8*cos(x)**4-8*cos(x)**2+1|x:real
proved|sin(x) == cos(pi/2-x)|x:real
proved|sin(x+pi) == -sin(x)|x:real
proved|sin(x+2*pi) == sin(x)|x:real
refuted|sin(x+1) == sin(x)|x:real
proved|sin(pi/3) == sqrt(3)/2|
refuted|sin(pi/3) == 1/2|
proved|cos(pi/5)-cos(2*pi/5) == 1/2|
proved|sin(n*pi) == 0|n:integer
proved|cos(n*pi) == (-1)**n|n:integer
proved|cos(n*pi)**2 == 1|n:integer
refuted|sin(n*pi/2) == 0|n:integer
proved|Abs(sin(x)) <= 1|x:real
refuted|Abs(sin(x)) < 1|x:real
proved|sin(x) <= x|x:nonneg
refuted|sin(x) <= x|x:real
proved|sin(x) >= x-x**3/6|x:nonneg
proved|cos(x) >= 1-x**2/2|x:real
refuted|cos(x) >= 1-x**2/3|x:real
proved|sin(x)+cos(x) <= sqrt(2)|x:real
refuted|sin(x)+cos(x) <= 1.414|x:real
proved|sin(x)*cos(x) <= 1/2|x:real
proved|2*sin(x) <= 2|x:real
# inverse
proved|sin(asin(x)) == x|x:real|-1 <= x & x <= 1
open|sin(asin(x)) == x|x:real
refuted|asin(sin(x)) == x|x:real
proved|asin(sin(x)) == x|x:real|-pi/2 <= x & x <= pi/2
refuted|acos(cos(x)) == x|x:real
proved|acos(cos(x)) == x|x:real|0 <= x & x <= pi
refuted|acos(cos(x)) == x|x:real|-1 <= x & x <= pi
refuted|atan(tan(x)) == x|x:real|cos(x) != 0
proved|tan(atan(x)) == x|x:real
proved|asin(x)+acos(x) == pi/2|x:real|-1 <= x & x <= 1
proved|atan(x)+atan(1/x) == pi/2|x:positive
refuted|atan(x)+atan(1/x) == pi/2|x:real|x != 0
proved|atan(1) == pi/4|
proved|4*atan(1) == pi|
proved|16*atan(1/5)-4*atan(1/239) == pi|
refuted|16*atan(1/5)-4*atan(1/238) == pi|
proved|atan(1/2)+atan(1/3) == pi/4|
refuted|atan(1)+atan(2)+atan(3) == 2*pi|
proved|atan(1)+atan(2)+atan(3) == pi|
proved|Abs(atan(x)) < pi/2|x:real
proved|atan(x) <= x|x:nonneg
# hyperbolic
proved|cosh(x)**2-sinh(x)**2 == 1|x:real
proved|cosh(x)**2-sinh(x)**2 == 1|x:complex
refuted|cosh(x)**2+sinh(x)**2 == 1|x:real
proved|sinh(2*x) == 2*sinh(x)*cosh(x)|x:real
proved|tanh(x) == (exp(2*x)-1)/(exp(2*x)+1)|x:real
proved|Abs(tanh(x)) < 1|x:real
proved|cosh(x) >= 1|x:real
refuted|cosh(x) > 1|x:real
proved|asinh(x) == log(x+sqrt(x**2+1))|x:real
proved|atanh(x) == log((1+x)/(1-x))/2|x:real|-1 < x & x < 1
proved|cosh(acosh(x)) == x|x:real|x >= 1
refuted|acosh(cosh(x)) == x|x:real
proved|tanh(x+y) == (tanh(x)+tanh(y))/(1+tanh(x)*tanh(y))|x:real y:real
proved|erf(-x) == -erf(x)|x:real
refuted|erf(x) == x|x:real
proved|Abs(erf(x)) < 1|x:real
# abs sign min max floor
proved|Abs(x+y) <= Abs(x)+Abs(y)|x:real y:real
refuted|Abs(x+y) == Abs(x)+Abs(y)|x:real y:real
proved|Abs(x*y) == Abs(x)*Abs(y)|x:real y:real
proved|Abs(x)**2 == x**2|x:real
refuted|Abs(z)**2 == z**2|z:complex
proved|Abs(x) == Max(x,-x)|x:real
proved|Max(x,y)+Min(x,y) == x+y|x:real y:real
proved|Max(x,y)*Min(x,y) == x*y|x:real y:real
refuted|Max(x,y) == x|x:real y:real
proved|sign(x)*Abs(x) == x|x:real
refuted|sign(x)**2 == 1|x:real
proved|sign(x)**2 == 1|x:real|x != 0
proved|sign(x) == 1|x:positive
proved|floor(x) <= x|x:real
refuted|floor(x) < x|x:real
proved|floor(x+1) == floor(x)+1|x:real
refuted|floor(x+1/2) == floor(x)|x:real
refuted|floor(2*x) == 2*floor(x)|x:real
proved|floor(n) == n|n:integer
proved|floor(n+1/2) == n|n:integer
refuted|floor(x+y) == floor(x)+floor(y)|x:real y:real
proved|floor(x)+floor(y) <= floor(x+y)|x:real y:real
proved|ceiling(x)-floor(x) <= 1|x:real
refuted|ceiling(x)-floor(x) == 1|x:real
proved|ceiling(x) == -floor(-x)|x:real
refuted|ceiling(x) == floor(x)+1|x:real
proved|floor(7/2) == 3|
# integers
proved|n**2 >= n|n:integer
refuted|x**2 >= x|x:real
proved|n*(n+1) >= 0|n:integer
refuted|x*(x+1) >= 0|x:real
proved|n >= 1|n:natural|n != 0
proved|(-1)**(2*n) == 1|n:integer
refuted|(-1)**n == 1|n:integer
proved|n > 3 -> n >= 4|n:integer
refuted|x > 3 -> x >= 4|x:real
proved|2*n != 1|n:integer
refuted|2*x != 1|x:rational
proved|n < m+1 -> n <= m|n:integer m:integer
open|x**n*x**m == x**(n+m)|x:real n:integer m:integer
proved|x**n*x**m == x**(n+m)|x:positive n:integer m:integer
# derivatives
proved|diff(x**3, x) == 3*x**2|x:real
refuted|diff(x**3, x) == 3*x|x:real
proved|diff(sin(x)*exp(x), x) == (sin(x)+cos(x))*exp(x)|x:real
proved|diff(log(1+exp(x)), x) == 1/(1+exp(-x))|x:real
proved|diff(x/(1+exp(-x)), x) == 1/(1+exp(-x))+x*exp(-x)/(1+exp(-x))**2|x:real
proved|diff(tanh(x), x) == 1-tanh(x)**2|x:real
proved|diff(atan(x), x) == 1/(1+x**2)|x:real
open|diff(log(x), x) == 1/x|x:real
proved|diff(log(x), x) == 1/x|x:positive
open|diff(Abs(x), x) == sign(x)|x:real
proved|diff(Abs(x), x) == sign(x)|x:real|x != 0
refuted|diff(Abs(x), x) == 1|x:real|x != 0
open|diff(sqrt(x), x) == 1/(2*sqrt(x))|x:nonneg
proved|diff(sqrt(x), x) == 1/(2*sqrt(x))|x:positive
proved|diff(exp(-x**2), x, 2) == (4*x**2-2)*exp(-x**2)|x:real
proved|diff(x**x, x) == x**x*(1+log(x))|x:positive
proved|diff(erf(x), x) == 2*exp(-x**2)/sqrt(pi)|x:real
proved|diff(Max(0,x), x) == 1|x:positive
refuted|diff(Max(0,x), x) == 1|x:real|x != 0
proved|diff(x**2*y, x) == 2*x*y|x:real y:real
open|diff(floor(x), x) == 0|x:real
# constants
proved|pi > 3.14159|
refuted|pi < 3.14159|
refuted|pi == 22/7|
proved|pi != 22/7|
proved|exp(pi*sqrt(163)) != 262537412640768744|
refuted|exp(pi*sqrt(163)) == 262537412640768744|
proved|E < 2.71828182845904523537|
proved|exp(1) == E|
proved|exp(pi) > pi**E|
proved|log(8)/log(2) == 3|
refuted|sin(10**40) == 0|
proved|2**100 == 1267650600228229401496703205376|
refuted|2**100 == 1267650600228229401496703205377|
proved|sqrt(2)*sqrt(3) == sqrt(6)|
# vacuous, hypotheses
proved|x > 5|x:real|x > 1 & x < 0
proved|x == y|x:real y:real|x <= y & y <= x
refuted|x == y|x:real y:real|x <= y
refuted|a*b <= 1/3|a:real b:real|a**2+b**2 == 1
proved|a*b <= 1/2|a:real b:real|a**2+b**2 == 1
proved|x >= 1|x:real|log(x) >= 0
proved|a**3+b**3 == 1-3*a*b|a:real b:real|a+b == 1
refuted|a**2+b**2 >= 2|a:real b:real|a+b == 1
proved|x**3-x+1 > 0|x:real|0 <= x & x <= 1
proved|exp(x) <= 3*x+1|x:real|0 <= x & x <= 1
refuted|exp(x) <= 1.7*x+1|x:real|0 <= x & x <= 1
proved|sin(x) > 0|x:real|1/10 <= x & x <= 3
proved|x*exp(-x) < 1/2|x:real|0 <= x & x <= 10
# complex
proved|(z+I)*(z-I) == z**2+1|z:complex
refuted|(z+I)*(z-I) == z**2-1|z:complex
refuted|sin(I*z) == sinh(z)|z:complex
refuted|exp(z+pi*I) == exp(z)|z:complex
never_proved|exp(z)**2 != 1|z:complex
proved|exp(I*x) == cos(x)+I*sin(x)|x:real
proved|exp(I*pi)+1 == 0|
proved|sin(I*z) == I*sinh(z)|z:complex
refuted|z**2 == 1|z:complex
never_proved|z*z >= 0|z:complex
never_proved|Abs(z) >= 0|z:complex
never_proved|(z**2)**(1/2) == z|z:complex
never_proved|log(z*w) == log(z)+log(w)|z:complex w:complex|z != 0 & w != 0
proved|z*(1/z) == 1|z:complex|z != 0
never_proved|z*(1/z) == 1|z:complex
never_proved|1/(z**2+1)*(z**2+1) == 1|z:complex
refuted|x**2+1 != 0|x:complex
# invalid
invalid|x^2 == 1|x:real
invalid|x = 1|x:real
invalid|x + 1|x:real
invalid|y == 1|x:real
invalid|gamma(x) == 1|x:real
invalid|__import__('os').system('true') == 0|
invalid|x == 1|x:quaternion
invalid|((((x == 1|x:real
invalid||x:real
invalid|2**10000000 == 0|
invalid|sin(x, x) == 0|x:real
invalid|x == 1e999999|x:real
invalid|x == 1; y == 2|x:real
invalid|lambda x: x == x|x:real
# found while writing the prover
proved|sin(x)>=0|x:real|x>=0 & x<=pi
proved|tan(x)>=x|x:real|0<=x & x<1
proved|Abs(Abs(x)-Abs(y))<=Abs(x-y)|x:real y:real
proved|a/(b+c)+b/(c+a)+c/(a+b)>=3/2|a:positive b:positive c:positive
proved|(1+x)**3 >= 1+3*x|x:real|x>=-1
proved|x**2*y+y**2*z+z**2*x >= 3*x*y*z|x:positive y:positive z:positive
# traps
refuted|x**2/x == Abs(x)|x:real|x != 0
open|x**y*x**(-y) == 1|x:nonneg y:real
proved|x**0 == 1|x:real
open|0**x == 0|x:real
open|(-8)**(1/3) == -2|
open|0**(-1) == 0|
open|1/0 == 1/0|
open|log(0) == 0|
refuted|Abs(x-1) == x-1|x:real
proved|Abs(x-1) == x-1|x:real|x >= 1
proved|sqrt(1-sin(x)**2) == Abs(cos(x))|x:real
refuted|sqrt(1-sin(x)**2) == cos(x)|x:real
proved|1/(x**2+1) > 0|x:real
refuted|1/(x**2-1) > 0|x:real|x**2 != 1
proved|floor(x) == 0|x:real|0 <= x & x < 1
refuted|floor(x) == 0|x:real|0 <= x & x <= 1
refuted|exp(x)*exp(y) == exp(x*y)|x:real y:real
open|tan(2*x) == 2*tan(x)/(1-tan(x)**2)|x:real
proved|tan(2*x) == 2*tan(x)/(1-tan(x)**2)|x:real|cos(x) != 0 & cos(2*x) != 0 & tan(x)**2 != 1
refuted|sin(x)/x <= 99/100|x:real|x != 0
refuted|diff(x*Abs(x), x) == 2*x|x:real|x != 0
refuted|erf(x) < 9/10|x:real
refuted|x**100 >= x**50|x:real
refuted|x < 10**6|x:real
refuted|n < 1000|n:natural
refuted|exp(-x) > 1/10**6|x:real
# more near misses
refuted|a**3+b**3 == (a+b)*(a**2+a*b+b**2)|a:real b:real
refuted|(x+y)**2 <= x**2+y**2|x:real y:real
refuted|x**4+1 >= 2*x**2+1/10**6|x:real
refuted|x**2+x*y+y**2 > 0|x:real y:real
refuted|a**2+b**2+c**2 > a*b+b*c+c*a|a:real b:real c:real
refuted|a**3+b**3+c**3 >= 3*a*b*c|a:real b:real c:real
refuted|(a+b+c)*(1/a+1/b+1/c) >= 10|a:positive b:positive c:positive
refuted|a/(b+c)+b/(c+a)+c/(a+b) > 3/2|a:positive b:positive c:positive
refuted|x**2*y**4+x**4*y**2+1 > 3*x**2*y**2|x:real y:real
refuted|x**3-x+1/3 > 0|x:real|0 <= x & x <= 1
refuted|x*y <= 1/5|x:real y:real|x+y == 1
refuted|x*(1-x) >= 0|x:real|-1 <= x & x <= 1
refuted|x == 0|x:real y:real|x*y == 0
refuted|x == y|x:real y:real z:real|x*z == y*z
refuted|x > y|x:real y:real z:real|x*z > y*z
refuted|x**2 <= 4|x:real|x <= 2
refuted|sqrt(x) <= x|x:nonneg
refuted|sqrt(x**2+y**2) == x+y|x:nonneg y:nonneg
refuted|sqrt(x)*sqrt(y) < (x+y)/2|x:nonneg y:nonneg
refuted|exp(2*x) == 2*exp(x)|x:real
refuted|exp(x*y) == exp(x)*exp(y)|x:real y:real
refuted|log(x*y) == log(x)*log(y)|x:positive y:positive
refuted|log(x)/log(y) == log(x/y)|x:positive y:real|y > 1
refuted|2**x == x**2|x:positive
refuted|x**y == y**x|x:positive y:positive
refuted|sin(x+y) == sin(x)+sin(y)|x:real y:real
refuted|sin(x)**2 == sin(x**2)|x:real
refuted|cos(2*x) == 2*cos(x)|x:real
refuted|sin(x) == x|x:real
refuted|cos(x) == 1-x**2/2|x:real
refuted|tan(x) == x|x:real|cos(x) != 0
refuted|sin(x) >= 0|x:real|0 <= x & x <= 4
refuted|sin(x) > 0|x:real|0 <= x & x <= 3
refuted|cos(n*pi) == 1|n:integer
refuted|asin(x)+acos(x) == pi|x:real|-1 <= x & x <= 1
refuted|atan(x)+atan(y) == atan((x+y)/(1-x*y))|x:real y:real|x*y != 1
refuted|sinh(x) >= x|x:real
refuted|tanh(x) > 0|x:nonneg
refuted|cosh(2*x) == cosh(x)**2-sinh(x)**2|x:real
refuted|Abs(x-y) <= Abs(x)-Abs(y)|x:real y:real
refuted|Abs(x) >= Abs(y)|x:real y:real|x >= y
refuted|Max(x,y) <= Abs(x)|x:real y:real
refuted|Min(x,y) == (x+y-Abs(x))/2|x:real y:real
refuted|floor(x)*floor(y) == floor(x*y)|x:real y:real
refuted|ceiling(x) <= x+9/10|x:real
refuted|sign(x+y) == sign(x)+sign(y)|x:real y:real
refuted|n**2 >= 2*n|n:integer
refuted|n*m >= n|n:integer m:integer
refuted|diff(sin(x**2), x) == cos(x**2)|x:real
refuted|diff(exp(-x), x) == exp(-x)|x:real
refuted|diff(1/x, x) == 1/x**2|x:real|x != 0
refuted|diff(x**2, x, 2) == 2*x|x:real
refuted|(z+w)**2 == z**2+w**2|z:complex w:complex
refuted|z**2+1 != 0|z:complex
refuted|exp(1) == 2.718281828459045|
refuted|pi**2 == 10|
refuted|sqrt(2)+sqrt(3) == pi|
open|1/(x-1)-1/(x-1) == 0|x:real
open|sqrt(x-1) >= 0|x:real
open|log(x) <= x-1|x:real
open|x**x > 0|x:real
open|acosh(x) >= 0|x:real
refuted|atanh(x) == x|x:complex
open|1/sin(x) == 1/sin(x)|x:real
# turned around, substituted, tight or smallest at a simple number
proved|log(x) <= sqrt(x)|x:positive
refuted|log(x) <= sqrt(x)/2|x:positive
proved|log(x) <= x/2|x:positive
refuted|log(x) <= x/3|x:positive
proved|exp(x) >= x**2|x:nonneg
refuted|exp(x) >= x**2|x:real
proved|x*exp(-x) <= 1/E|x:real
refuted|x*exp(-x) < 1/E|x:real
proved|log(1+exp(x)) > x|x:real
refuted|log(1+exp(x)) > x+1/100|x:real
proved|x == y|x:real y:real|exp(x) == exp(y)
refuted|x == y|x:real y:real|sin(x) == sin(y)
proved|x == E|x:positive|log(x) == 1
proved|exp(x) == 1|x:real|x == 0
proved|x == 0|x:real|exp(x) == 1
refuted|x == 0|x:real|cos(x) == 1
proved|x*y == 0 -> x == 0 or y == 0|x:real y:real
refuted|x*y == 0 -> x == 0 and y == 0|x:real y:real
proved|Abs(sin(x)-sin(y)) <= Abs(x-y)|x:real y:real
refuted|Abs(sin(x)-sin(y)) <= Abs(x-y)/2|x:real y:real
proved|1/I == -I|
refuted|1/I == I|
refuted|(z**2+1)/(z-I) == z-I|z:complex|z != I
"""
