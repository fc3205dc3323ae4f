"""Claims on elementary functions with the answer that each must get; the reasons are mathematics.

A line is ``answer | claim | variables | hypotheses``, as in ``claim_battery``. Answers: ``proved``; ``refuted``;
``open``: not defined at some admissible point; ``never_proved``: false or undecided, anything but ``proved`` will do;
``never_refuted``: true, but beyond the search so far, so that ``unknown`` will do.
"""

CLOSED = """
# comparisons of closed expressions
proved|exp(pi) > pi**E|
refuted|exp(pi) < pi**E|
proved|log(2) < 7/10|
refuted|log(2) < 69/100|
proved|sqrt(2)+sqrt(3) != sqrt(10)|
refuted|sqrt(2)+sqrt(3) == sqrt(10)|
proved|erf(1) > 21/25|
refuted|erf(1) > 17/20|
proved|exp(1) == E|
proved|2**sqrt(2) < 3**(9/10)|
refuted|sin(1) == 84/100|
proved|cos(1) < sin(1)|
proved|atan(2) > 11/10|
proved|tanh(1) < 77/100|
proved|sin(sin(1)) < sin(1)|
proved|log(log(16)) > 1|
proved|exp(-10**9) > 0|
never_proved|exp(-10**6) == 0|
proved|exp(-10**6) != 0|
proved|exp(-10**6) < 1/10**400|
proved|exp(10**6) > 10**400|
never_proved|exp(-exp(100)) == 0|
proved|exp(-exp(100)) > 0|
proved|exp(-exp(exp(100))) > 0|
never_proved|exp(exp(exp(100))) == exp(exp(exp(100)))+1|
never_proved|tanh(10**5) == 1|
proved|tanh(10**5) < 1|
never_proved|erf(10**3) == 1|
proved|erf(10**3) < 1|
never_proved|sin(10**30*pi+1/10**30) == 0|
# equal constants written differently
proved|sqrt(5+2*sqrt(6)) == sqrt(2)+sqrt(3)|
refuted|sqrt(5+2*sqrt(6)) == sqrt(2)+sqrt(3)+1/10**30|
proved|sqrt(3-2*sqrt(2)) == sqrt(2)-1|
refuted|sqrt(3-2*sqrt(2)) == 1-sqrt(2)|
proved|sqrt(6+4*sqrt(2)) == 2+sqrt(2)|
proved|sqrt(2+sqrt(3)) == (sqrt(6)+sqrt(2))/2|
proved|(2+sqrt(5))**(1/3)*(sqrt(5)-2)**(1/3) == 1|
proved|(2+sqrt(5))**(1/3) == (1+sqrt(5))/2|
proved|(2+sqrt(5))**(1/3)-(sqrt(5)-2)**(1/3) == 1|
proved|1/(sqrt(2)-1) == sqrt(2)+1|
proved|1/(2**(1/3)-1) == 1+2**(1/3)+2**(2/3)|
proved|log(8) == 3*log(2)|
proved|log(6) == log(2)+log(3)|
proved|log(sqrt(2)) == log(2)/2|
refuted|log(6) == log(2)*log(3)|
proved|exp(2*log(3)) == 9|
proved|exp(log(2)/2) == sqrt(2)|
proved|2**(log(3)/log(2)) == 3|
proved|4**log(3) == 9**log(2)|
proved|log(2+sqrt(3)) == -log(2-sqrt(3))|
proved|asinh(1) == log(1+sqrt(2))|
proved|acosh(2) == log(2+sqrt(3))|
proved|atanh(1/2) == log(3)/2|
proved|tanh(log(2)) == 3/5|
proved|sinh(log(3)) == 4/3|
proved|atan(1) == pi/4|
proved|asin(1/2) == pi/6|
proved|acos(-1/2) == 2*pi/3|
refuted|acos(-1/2) == -2*pi/3|
proved|sin(pi/6) == 1/2|
proved|sin(pi/12) == (sqrt(6)-sqrt(2))/4|
proved|tan(pi/8) == sqrt(2)-1|
proved|cos(pi/7)*cos(2*pi/7)*cos(3*pi/7) == 1/8|
proved|sin(pi/10) == (sqrt(5)-1)/4|
proved|cos(pi/9)*cos(2*pi/9)*cos(4*pi/9) == 1/8|
proved|tan(pi/3) == sqrt(3)|
proved|atan(1/2)+atan(1/3) == pi/4|
proved|atan(2)+atan(3) == 3*pi/4|
refuted|atan(2)+atan(3) == -pi/4|
proved|2*atan(1/3)+atan(1/7) == pi/4|
proved|asin(3/5)+asin(4/5) == pi/2|
proved|acos(3/5) == asin(4/5)|
proved|atan(3/4) == asin(3/5)|
proved|sin(2*atan(2)) == 4/5|
proved|cos(acos(1/3)) == 1/3|
proved|asin(sin(2)) == pi-2|
refuted|asin(sin(2)) == 2|
proved|acos(cos(4)) == 2*pi-4|
refuted|acos(cos(4)) == 4|
proved|atan(tan(2)) == 2-pi|
refuted|atan(tan(2)) == 2|
proved|erf(-1) == -erf(1)|
proved|Abs(1-sqrt(2)) == sqrt(2)-1|
proved|Max(sqrt(2), 3/2) == 3/2|
proved|floor(exp(3)) == 20|
proved|floor(-pi) == -4|
proved|ceiling(log(100)) == 5|
# near-equal constants that differ
proved|exp(pi*sqrt(163)) != 640320**3+744|
refuted|exp(pi*sqrt(163)) == 640320**3+744|
refuted|sqrt(2) == 1.41421356237309504880168872420969807856967187537694807317667973799073247846210703885|
refuted|sqrt(10**200+1) == 10**100|
proved|sqrt(10**200+1) > 10**100|
refuted|log(10**300+1) == log(10**300)|
proved|log(1+1/10**300) > 0|
refuted|atan(10**60) == pi/2|
refuted|exp(1/10**200) == 1|
refuted|sin(1/10**100) == 1/10**100|
never_proved|tanh(10**3) == 1|
never_proved|sqrt(5+2*sqrt(6)) != sqrt(2)+sqrt(3)|
never_proved|atan(1/2)+atan(1/3) != pi/4|
never_proved|sqrt(2)*sqrt(3) != sqrt(6)|
refuted|sin(22) == 0|
never_proved|sin(355)**2 == 0|
"""

INTERVALS = """
# signs and bounds on an interval
proved|x**3-3*x+3 > 0|x:real|-2 <= x & x <= 2
refuted|x**3-3*x+3/2 > 0|x:real|-2 <= x & x <= 2
proved|exp(x)*cos(x) < 5|x:real|0 <= x & x <= 3
refuted|exp(x)*cos(x) < 3/2|x:real|0 <= x & x <= 3
proved|sin(x)+x/10 > 0|x:real|1/10 <= x & x <= 3
proved|x*(1-x) >= 0|x:real|0 <= x & x <= 1
proved|x*sin(x) >= 0|x:real|-pi <= x & x <= pi
proved|exp(x)-1 >= 0|x:real|0 <= x & x <= 5
proved|sin(x) >= 2*x/pi|x:real|0 <= x & x <= pi/2
refuted|sin(x) > 2*x/pi|x:real|0 <= x & x <= pi/2
never_refuted|sin(pi*x) >= 0|x:real|0 <= x & x <= 1
proved|x-x**3 >= 0|x:real|0 <= x & x <= 1
proved|log(x) >= 1-1/x|x:real|1 <= x & x <= 2
proved|log(x) > 0|x:real|1 < x & x < 2
proved|sqrt(x)-x >= 0|x:real|0 <= x & x <= 1
never_refuted|sqrt(1-x**2) <= 1-x**2/2|x:real|-1 <= x & x <= 1
refuted|sqrt(1-x**2) <= 1-2*x**2/3|x:real|-1 <= x & x <= 1
proved|cos(x) >= 1-2*x/pi|x:real|0 <= x & x <= pi/2
proved|exp(-x) <= 1-x+x**2/2|x:real|0 <= x & x <= 1
proved|exp(x) <= 1+x+x**2|x:real|0 <= x & x <= 1
proved|exp(x) <= 1/(1-x)|x:real|0 <= x & x < 1
refuted|exp(x) <= 1+x+x**2/2|x:real|0 <= x & x <= 1
proved|x**x >= 69/100|x:real|0 < x & x <= 1
proved|x**2*exp(-x) <= 3/5|x:real|0 <= x & x <= 20
proved|x**2*exp(-x) <= 3/5|x:nonneg
refuted|x**2*exp(-x) <= 1/2|x:nonneg
proved|x*exp(-x**2) <= 1/2|x:nonneg
proved|x/(1+x**2) <= 1/2|x:real
proved|x**4-x+1/2 > 0|x:real
proved|exp(x) > x**2|x:real|x >= 0
proved|exp(x) > x**3/5|x:nonneg
proved|exp(x) > 37*x**3/50|x:nonneg
refuted|exp(x) > 3*x**3/4|x:nonneg
proved|exp(x) >= E*x|x:real
refuted|exp(x) > E*x|x:real
proved|log(x) < x**2|x:positive
proved|x*log(x) >= -1/E|x:positive
refuted|x*log(x) > -1/E|x:positive
proved|log(x)/x <= 1/E|x:positive
refuted|log(x)/x < 1/E|x:positive
proved|sin(x) < x|x:positive
proved|sin(x) > x-x**3/6|x:positive
proved|sin(x) <= x-x**3/6+x**5/120|x:nonneg
proved|cos(x) <= 1-x**2/2+x**4/24|x:real
proved|atan(x) >= x-x**3/3|x:nonneg
proved|atan(x) >= x/(1+x**2)|x:nonneg
proved|tanh(x) >= x-x**3/3|x:nonneg
proved|tan(x) >= x+x**3/3|x:real|0 <= x & x < pi/2
proved|tan(x) >= x|x:real|0 <= x & x < pi/2
refuted|tan(x) >= 2*x|x:real|0 <= x & x < pi/2
open|tan(x) >= x|x:real|0 <= x & x <= pi/2
proved|tan(x) > x|x:real|0 < x & x < pi/2
proved|x*cos(x) < sin(x)|x:real|0 < x & x < pi
proved|sin(x)/x < 1|x:real|0 < x & x <= pi
proved|sin(x)/x >= 2/pi|x:real|0 < x & x <= pi/2
proved|x < sin(x)*2|x:real|0 < x & x <= 1
proved|sinh(x) > x|x:positive
refuted|sinh(x) > x+x**3/6+x**5|x:positive
proved|cosh(x) >= 1+x**2/2|x:real
never_refuted|cosh(x) <= exp(x**2/2)|x:real
proved|exp(x)+exp(-x) >= 2+x**2|x:real
proved|erf(x) > 0|x:positive
proved|erf(x) <= 2*x/sqrt(pi)|x:nonneg
proved|exp(x)-x >= 1|x:real
proved|log(x) <= x-1|x:positive
proved|x/(1+x) < log(1+x)|x:positive
proved|x/(1+x) <= log(1+x)|x:real|x > -1
refuted|x/(1+x) < log(1+x)|x:real|x > -1
proved|log(1+x) >= x-x**2/2|x:nonneg
proved|log(1+x) <= x-x**2/2+x**3/3|x:nonneg
proved|log(1+x) >= 2*x/(2+x)|x:nonneg
proved|sqrt(1+x) <= 1+x/2|x:real|x >= -1
proved|sqrt(1+x) >= 1+x/2-x**2/8|x:nonneg
proved|(1+x)**(1/3) <= 1+x/3|x:nonneg
proved|2**x >= 1+x*log(2)|x:real
proved|2**x <= 1+x|x:real|0 <= x & x <= 1
refuted|2**x <= 1+x|x:real
proved|log(1+exp(x)) >= x/2+log(2)|x:real
proved|log(1+exp(x)) <= log(2)+x/2+x**2/8|x:real
proved|1/(1+exp(-x)) <= 1/2+x/4|x:nonneg
proved|1/(1+exp(-x)) < 1|x:real
proved|0 < 1/(1+exp(-x))|x:real
proved|x/(1+exp(-x)) >= -3/10|x:real
refuted|x/(1+exp(-x)) >= -1/4|x:real
proved|x*tanh(x) >= 0|x:real
proved|x*tanh(x) <= x**2|x:real
proved|x*atan(x) >= log(1+x**2)/2|x:real
proved|Abs(sin(x)) <= Abs(x)|x:real
proved|Abs(tanh(x)) <= Abs(x)|x:real
proved|1-cos(x) <= x**2/2|x:real
never_refuted|acos(x) >= pi/2-x-x**3|x:real|0 <= x & x <= 1
proved|asin(x) >= x|x:real|0 <= x & x <= 1
refuted|asin(x) >= x|x:real|-1 <= x & x <= 1
proved|exp(-x) <= 1/(1+x)|x:real|x > -1
proved|exp(x) >= (1+x/2)**2|x:nonneg
proved|exp(x)*(1-x) <= 1|x:real
proved|exp(x) >= x+x**2/3+1/2|x:nonneg
proved|x**2-2*x*cos(y)+1 >= 0|x:real y:real
proved|exp(x) >= -1000|x:real
# degenerate and empty intervals
proved|x == 2|x:real|2 <= x & x <= 2
proved|exp(x) == exp(2)|x:real|2 <= x & x <= 2
refuted|x > 2|x:real|2 <= x & x <= 2
proved|exp(x) < 0|x:real|2 <= x & x <= 1
proved|sin(x) == 7|x:real|x < 0 & x > 0
proved|log(x) > 5|x:positive|x < 0
proved|1 == 0|x:real|exp(x) < 0
never_proved|1 == 0|x:real|exp(x) < 1
"""

SLOPES = """
# monotone functions, convexity, derivatives
proved|exp(x) < exp(y)|x:real y:real|x < y
proved|atan(x) < atan(y)|x:real y:real|x < y
proved|x < y -> atan(x) < atan(y)|x:real y:real
refuted|x < y -> sin(x) < sin(y)|x:real y:real
proved|sin(x) < sin(y)|x:real y:real|-pi/2 <= x & x < y & y <= pi/2
refuted|sin(x) < sin(y)|x:real y:real|-pi/2 <= x & x < y & y <= pi
proved|cos(x) > cos(y)|x:real y:real|0 <= x & x < y & y <= pi
proved|tanh(x) < tanh(y)|x:real y:real|x < y
proved|sinh(x) < sinh(y)|x:real y:real|x < y
proved|cosh(x) < cosh(y)|x:real y:real|0 <= x & x < y
refuted|cosh(x) < cosh(y)|x:real y:real|x < y
proved|erf(x) < erf(y)|x:real y:real|x < y
proved|asinh(x) < asinh(y)|x:real y:real|x < y
proved|tan(x) < tan(y)|x:real y:real|-pi/2 < x & x < y & y < pi/2
proved|asin(x) < asin(y)|x:real y:real|-1 < x & x < y & y < 1
proved|asin(x) <= asin(y)|x:real y:real|-1 <= x & x <= y & y <= 1
proved|acos(x) >= acos(y)|x:real y:real|-1 <= x & x <= y & y <= 1
proved|atanh(x) < atanh(y)|x:real y:real|-1 < x & x < y & y < 1
proved|x+sin(x) <= y+sin(y)|x:real y:real|x <= y
never_refuted|x+sin(x) < y+sin(y)|x:real y:real|x < y
proved|x*exp(x) < y*exp(y)|x:real y:real|-1 <= x & x < y
refuted|x*exp(x) < y*exp(y)|x:real y:real|x < y
proved|x*log(x) <= y*log(y)|x:real y:real|1/E <= x & x <= y
proved|x/(1+x) < y/(1+y)|x:real y:real|-1 < x & x < y
proved|1/(1+exp(-x)) < 1/(1+exp(-y))|x:real y:real|x < y
proved|log(1+exp(x)) < log(1+exp(y))|x:real y:real|x < y
proved|sqrt(x) < sqrt(y)|x:real y:real|0 <= x & x < y
proved|x**3 < y**3|x:real y:real|x < y
proved|x-1/x < y-1/y|x:positive y:positive|x < y
proved|log(x)/x >= log(y)/y|x:real y:real|E <= x & x <= y
proved|(exp(a)+exp(b))/2 >= exp((a+b)/2)|a:real b:real
refuted|(exp(a)+exp(b))/2 <= exp((a+b)/2)|a:real b:real
proved|(log(a)+log(b))/2 <= log((a+b)/2)|a:positive b:positive
proved|sqrt(a*b) <= (a+b)/2|a:positive b:positive
proved|(sqrt(a)+sqrt(b))/2 <= sqrt((a+b)/2)|a:nonneg b:nonneg
proved|(a*log(a)+b*log(b))/2 >= (a+b)/2*log((a+b)/2)|a:positive b:positive
proved|(cosh(a)+cosh(b))/2 >= cosh((a+b)/2)|a:real b:real
proved|(log(1+exp(a))+log(1+exp(b)))/2 >= log(1+exp((a+b)/2))|a:real b:real
proved|(sin(a)+sin(b))/2 <= sin((a+b)/2)|a:real b:real|0 <= a & a <= pi & 0 <= b & b <= pi
refuted|(sin(a)+sin(b))/2 <= sin((a+b)/2)|a:real b:real
proved|(a**4+b**4)/2 >= ((a+b)/2)**4|a:real b:real
proved|exp(b)-exp(a) >= exp(a)*(b-a)|a:real b:real
proved|log(b)-log(a) <= (b-a)/a|a:positive b:positive
proved|log(1+exp(b)) >= log(1+exp(a))+(b-a)/(1+exp(-a))|a:real b:real
proved|Abs(atan(a)-atan(b)) <= Abs(a-b)|a:real b:real
proved|Abs(cos(a)-cos(b)) <= Abs(a-b)|a:real b:real
proved|Abs(tanh(a)-tanh(b)) <= Abs(a-b)|a:real b:real
proved|(exp(a)+2*exp(b))/3 >= exp((a+2*b)/3)|a:real b:real
proved|diff(log(1+exp(x)), x) == 1/(1+exp(-x))|x:real
proved|diff(diff(log(1+exp(x)), x), x) > 0|x:real
proved|diff(log(1+exp(x)), x, 2) <= 1/4|x:real
refuted|diff(log(1+exp(x)), x, 2) < 1/4|x:real
proved|diff(1/(1+exp(-x)), x) == 1/(1+exp(-x))*(1-1/(1+exp(-x)))|x:real
proved|diff(tanh(x), x) > 0|x:real
proved|diff(tanh(x), x) <= 1|x:real
proved|diff(x*log(x)-x, x) == log(x)|x:positive
proved|diff(exp(-x**2/2), x) == -x*exp(-x**2/2)|x:real
proved|diff(asin(x), x) == 1/sqrt(1-x**2)|x:real|-1 < x & x < 1
open|diff(asin(x), x) == 1/sqrt(1-x**2)|x:real|-1 <= x & x < 1
proved|diff(sqrt(1+x**2), x) < 1|x:real
proved|diff(cosh(x), x, 2) >= 1|x:real
proved|diff(x**3-3*x, x) >= 0|x:real|x >= 1
"""

IDENTITIES = """
# trigonometric
proved|sin(2*x) == 2*sin(x)*cos(x)|x:real
proved|cos(3*x) == 4*cos(x)**3-3*cos(x)|x:real
refuted|cos(3*x) == 4*cos(x)**3+3*cos(x)|x:real
proved|tan(x)**2+1 == 1/cos(x)**2|x:real|cos(x) != 0
open|tan(x)**2+1 == 1/cos(x)**2|x:real
proved|sin(x+y) == sin(x)*cos(y)+cos(x)*sin(y)|x:real y:real
proved|sin(x)-sin(y) == 2*cos((x+y)/2)*sin((x-y)/2)|x:real y:real
proved|sin(x)*sin(y) == (cos(x-y)-cos(x+y))/2|x:real y:real
proved|tan(x/2) == sin(x)/(1+cos(x))|x:real|cos(x/2) != 0 & cos(x) != -1
never_refuted|tan(x/2) == sin(x)/(1+cos(x))|x:real|-pi < x & x < pi
proved|tan(x/2) == (1-cos(x))/sin(x)|x:real|0 < x & x < pi
proved|cos(x)**4-sin(x)**4 == cos(2*x)|x:real
proved|sin(x+pi/2) == cos(x)|x:real
proved|tan(x+pi) == tan(x)|x:real|cos(x) != 0
proved|sin(x)**2 == (1-cos(2*x))/2|x:real
proved|sin(x) == 2*tan(x/2)/(1+tan(x/2)**2)|x:real|cos(x/2) != 0
refuted|Abs(sin(x)) == sin(x)|x:real
proved|Abs(sin(x)) == sin(x)|x:real|0 <= x & x <= pi
proved|sqrt(1-cos(x)**2) == sin(x)|x:real|0 <= x & x <= pi
refuted|sqrt(1-cos(x)**2) == sin(x)|x:real
proved|sqrt((1-cos(x))/2) == sin(x/2)|x:real|0 <= x & x <= 2*pi
proved|sqrt(2-2*cos(x)) == 2*Abs(sin(x/2))|x:real
# inverse trigonometric
proved|atan(x)+atan(1/x) == pi/2|x:positive
proved|atan(x)+atan(1/x) == -pi/2|x:negative
refuted|atan(x)+atan(1/x) == pi/2|x:negative
proved|asin(x)+acos(x) == pi/2|x:real|-1 <= x & x <= 1
open|asin(x)+acos(x) == pi/2|x:real
proved|sin(asin(x)) == x|x:real|-1 <= x & x <= 1
refuted|asin(sin(x)) == x|x:real
proved|asin(sin(x)) == x|x:real|-pi/2 <= x & x <= pi/2
refuted|asin(sin(x)) == x|x:real|-pi/2 <= x & x <= 2
proved|asin(sin(x)) == pi-x|x:real|pi/2 <= x & x <= 3*pi/2
proved|acos(cos(x)) == -x|x:real|-pi <= x & x <= 0
proved|acos(cos(x)) == 2*pi-x|x:real|pi <= x & x <= 2*pi
proved|atan(tan(x)) == x|x:real|-pi/2 < x & x < pi/2
never_refuted|atan(tan(x)) == x-pi|x:real|pi/2 < x & x < 3*pi/2
proved|cos(asin(x)) == sqrt(1-x**2)|x:real|-1 <= x & x <= 1
proved|sin(acos(x)) == sqrt(1-x**2)|x:real|-1 <= x & x <= 1
proved|tan(asin(x)) == x/sqrt(1-x**2)|x:real|-1 < x & x < 1
proved|sin(atan(x)) == x/sqrt(1+x**2)|x:real
proved|cos(2*atan(x)) == (1-x**2)/(1+x**2)|x:real
proved|asin(x) == atan(x/sqrt(1-x**2))|x:real|-1 < x & x < 1
proved|2*atan(x) == asin(2*x/(1+x**2))|x:real|-1 <= x & x <= 1
refuted|2*atan(x) == asin(2*x/(1+x**2))|x:real
proved|2*atan(x) == pi-asin(2*x/(1+x**2))|x:real|x >= 1
never_refuted|2*atan(x) == acos((1-x**2)/(1+x**2))|x:nonneg
refuted|2*atan(x) == acos((1-x**2)/(1+x**2))|x:real
proved|acos(x) == 2*asin(sqrt((1-x)/2))|x:real|-1 <= x & x <= 1
proved|acos(-x) == pi-acos(x)|x:real|-1 <= x & x <= 1
proved|asin(-x) == -asin(x)|x:real|-1 <= x & x <= 1
proved|atan(-x) == -atan(x)|x:real
never_refuted|asin(x) == acos(sqrt(1-x**2))|x:real|0 <= x & x <= 1
refuted|asin(x) == acos(sqrt(1-x**2))|x:real|-1 <= x & x <= 1
proved|atan((1+x)/(1-x)) == pi/4+atan(x)|x:real|x < 1
refuted|atan((1+x)/(1-x)) == pi/4+atan(x)|x:real|x != 1
proved|atan((1+x)/(1-x)) == atan(x)-3*pi/4|x:real|x > 1
never_refuted|atan(x)+atan(y) == atan((x+y)/(1-x*y))|x:real y:real|x*y < 1
refuted|atan(x)+atan(y) == atan((x+y)/(1-x*y))|x:real y:real|x*y > 1
proved|atan(sinh(x)) == 2*atan(tanh(x/2))|x:real
proved|atan(sinh(x)) == 2*atan(exp(x))-pi/2|x:real
proved|atan(exp(x))+atan(exp(-x)) == pi/2|x:real
proved|asin(tanh(x)) == atan(sinh(x))|x:real
never_refuted|2*asin(x) == asin(2*x*sqrt(1-x**2))|x:real|-1/2 <= x & x <= 1/2
refuted|2*asin(x) == asin(2*x*sqrt(1-x**2))|x:real|-1 <= x & x <= 1
# hyperbolic
proved|cosh(x)**2-sinh(x)**2 == 1|x:real
proved|tanh(2*x) == 2*tanh(x)/(1+tanh(x)**2)|x:real
refuted|tanh(2*x) == 2*tanh(x)/(1-tanh(x)**2)|x:real
proved|tanh(x) == 2/(1+exp(-2*x))-1|x:real
refuted|tanh(x) == 2/(1+exp(-x))-1|x:real
proved|tanh(x/2) == 2/(1+exp(-x))-1|x:real
proved|sinh(x+y) == sinh(x)*cosh(y)+cosh(x)*sinh(y)|x:real y:real
proved|cosh(2*x) == 2*cosh(x)**2-1|x:real
proved|sinh(x)**2 == (cosh(2*x)-1)/2|x:real
proved|asinh(x) == log(x+sqrt(x**2+1))|x:real
refuted|asinh(x) == log(x-sqrt(x**2+1)+3)|x:real|x >= 0
proved|acosh(x) == log(x+sqrt(x**2-1))|x:real|x >= 1
open|acosh(x) == log(x+sqrt(x**2-1))|x:real
proved|atanh(x) == log((1+x)/(1-x))/2|x:real|-1 < x & x < 1
open|atanh(x) == log((1+x)/(1-x))/2|x:real|-1 < x & x <= 1
proved|asinh(sinh(x)) == x|x:real
proved|acosh(cosh(x)) == Abs(x)|x:real
proved|acosh(cosh(x)) == x|x:nonneg
refuted|acosh(cosh(x)) == x|x:real
proved|atanh(tanh(x)) == x|x:real
proved|sinh(asinh(x)) == x|x:real
proved|tanh(atanh(x)) == x|x:real|-1 < x & x < 1
proved|sinh(acosh(x)) == sqrt(x**2-1)|x:real|x >= 1
proved|cosh(asinh(x)) == sqrt(x**2+1)|x:real
proved|asinh(-x) == -asinh(x)|x:real
proved|sqrt(cosh(x)**2-1) == Abs(sinh(x))|x:real
proved|sqrt((cosh(x)-1)/2) == Abs(sinh(x/2))|x:real
# exp, log, roots
proved|log(x*y) == log(x)+log(y)|x:positive y:positive
never_proved|log(x*y) == log(x)+log(y)|x:negative y:negative
proved|log(x*y) == log(-x)+log(-y)|x:negative y:negative
open|log(x**2) == 2*log(x)|x:real
proved|log(x**2) == 2*log(-x)|x:negative
refuted|sqrt(x**2) == x|x:real
proved|sqrt(x**2) == x|x:nonneg
open|exp(log(x)) == x|x:nonneg
proved|exp(log(x)) == x|x:positive
proved|exp(x*log(2)) == 2**x|x:real
proved|log(exp(x)*exp(y)) == x+y|x:real y:real
refuted|log(exp(x)+exp(y)) == x+y|x:real y:real
proved|log(1+exp(x))-log(1+exp(-x)) == x|x:real
proved|1/(1+exp(-x))+1/(1+exp(x)) == 1|x:real
proved|1/(1+exp(-x)) == exp(x)/(1+exp(x))|x:real
refuted|1/(1+exp(-x)) == exp(x)/(1+exp(-x))|x:real
proved|1/(1+exp(-x)) == (1+tanh(x/2))/2|x:real
proved|log(sqrt(x)) == log(x)/2|x:positive
proved|x**log(y) == y**log(x)|x:positive y:positive
proved|sqrt(x)*sqrt(x+1) == sqrt(x**2+x)|x:nonneg
never_proved|sqrt(x)*sqrt(x+1) == sqrt(x**2+x)|x:real|x**2+x >= 0
proved|1/(sqrt(x+1)-sqrt(x)) == sqrt(x+1)+sqrt(x)|x:nonneg
proved|sqrt(x+2*sqrt(x-1)) == 1+sqrt(x-1)|x:real|x >= 1
proved|sqrt(x+1+2*sqrt(x)) == 1+sqrt(x)|x:nonneg
proved|sqrt(x+1-2*sqrt(x)) == Abs(1-sqrt(x))|x:nonneg
refuted|sqrt(x+1-2*sqrt(x)) == 1-sqrt(x)|x:nonneg
proved|(x**2)**(1/4) == sqrt(x)|x:nonneg
proved|(x**(1/3))**3 == x|x:nonneg
proved|erf(-x) == -erf(x)|x:real
refuted|erf(-x) == erf(x)|x:real
proved|erf(x-y)+erf(y-x) == 0|x:real y:real
proved|Abs(erf(x)) == erf(Abs(x))|x:real
proved|Abs(exp(x)) == exp(x)|x:real
proved|Max(exp(x), exp(y)) == exp(Max(x, y))|x:real y:real
proved|log(Max(x, y)) == Max(log(x), log(y))|x:positive y:positive
# removable singularities, branch cuts, complex arguments
open|(x**2-1)/(x-1) == x+1|x:real
proved|(x**2-1)/(x-1) == x+1|x:real|x > 1
open|x/x == 1|x:real
open|sin(x)/sin(x) == 1|x:real
proved|sin(x)/sin(x) == 1|x:real|0 < x & x < pi
open|sin(x)/x <= 1|x:real
open|(exp(x)-1)/x >= 1|x:nonneg
proved|(exp(x)-1)/x >= 1|x:positive
open|log(x)/log(x) == 1|x:positive
proved|log(x)/log(x) == 1|x:real|x > 1
open|x**(1/2)*x**(1/2) == x|x:real
open|exp(1/x)*exp(-1/x) == 1|x:real
never_proved|log(exp(z)) == z|z:complex
never_proved|sqrt(z**2) == z|z:complex
never_proved|log(z**2) == 2*log(z)|z:complex|z != 0
never_proved|asin(sin(z)) == z|z:complex
never_proved|atan(z)+atan(1/z) == pi/2|z:complex|z != 0
never_proved|asinh(z) == log(z+sqrt(z**2+1))|z:complex
never_proved|Abs(exp(z)) == exp(z)|z:complex
never_proved|sqrt(z*w) == sqrt(z)*sqrt(w)|z:complex w:complex
never_proved|exp(z) > 0|z:complex
proved|cos(z)**2+sin(z)**2 == 1|z:complex
proved|cosh(z) == cos(I*z)|z:complex
never_refuted|tanh(z)*cosh(z) == sinh(z)|z:complex|cosh(z) != 0
"""

ELEMENTARY = "\n".join((CLOSED, INTERVALS, SLOPES, IDENTITIES))
