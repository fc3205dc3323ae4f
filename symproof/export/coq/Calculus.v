(* Derivatives and elementary functions; what operators that Coq does not have are assumed to be. *)
From Coq Require Import Reals Lra Lia ZArith Classical_Prop.
From Symproof Require Import Prelude.
Open Scope R_scope.

(* What is assumed of operators: lemmas hold for every function that is as said. *)
Definition is_erf (erf : R -> R) : Prop :=
  erf 0 = 0 /\ forall x, derivable_pt_lim erf x (2 / sqrt PI * exp (- x ^ 2)).
Definition is_power (power : R -> R -> R) : Prop := forall a b, 0 < a -> power a b = Rpower a b.
Definition is_sign (sign : R -> Z) : Prop :=
  forall x, (0 < x -> sign x = 1%Z) /\ (x = 0 -> sign x = 0%Z) /\ (x < 0 -> sign x = (-1)%Z).
Definition is_derivative (derivative : (R -> R) -> R -> R) : Prop :=
  forall f x l, derivable_pt_lim f x l -> derivative f x = l.
Definition is_minover (minover : Z -> Z -> (Z -> R) -> R) : Prop := forall low high f,
  (forall i, IZR low <= IZR i /\ IZR i <= IZR high -> minover low high f <= f i) /\
  (IZR low <= IZR high -> exists i, (IZR low <= IZR i /\ IZR i <= IZR high) /\ minover low high f = f i).
Definition is_maxover (maxover : Z -> Z -> (Z -> R) -> R) : Prop := forall low high f,
  (forall i, IZR low <= IZR i /\ IZR i <= IZR high -> f i <= maxover low high f) /\
  (IZR low <= IZR high -> exists i, (IZR low <= IZR i /\ IZR i <= IZR high) /\ maxover low high f = f i).

(* The definition of the derivative, as steps write it. *)
Lemma definition (f : R -> R) v l d : derivable_pt_lim f 0 d -> f 0 = v -> d = l ->
  forall e, e > 0 -> exists r, r > 0 /\ forall s, Rabs s <= r -> Rabs (f s - v - l * s) <= e * Rabs s.
Proof.
  intros h <- <- e p. destruct (h e p) as [r near]. assert (q := cond_pos r). exists (r / 2). split; [lra|].
  intros s small. destruct (Req_dec s 0) as [->|n].
  - rewrite Rabs_R0. replace (f 0 - f 0 - d * 0) with 0 by ring. rewrite Rabs_R0. lra.
  - assert (t := near s n). rewrite Rplus_0_l in t. replace (f s - f 0 - d * s) with (((f s - f 0) / s - d) * s) by (field; exact n).
    rewrite Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|]. left. apply t. lra.
Qed.

(* What holds around a point. *)
Definition near (x : R) (P : R -> Prop) : Prop := exists r, 0 < r /\ forall y, Rabs (y - x) < r -> P y.
Lemma near_weak x (P Q : R -> Prop) : (forall y, P y -> Q y) -> near x P -> near x Q.
Proof. intros w [r [p h]]. exists r. auto. Qed.
Lemma near_lt u v x a b : derivable_pt_lim u x a -> derivable_pt_lim v x b -> u x < v x -> near x (fun y => u y < v y).
Proof.
  intros p q h. assert (c : continuity_pt (v - u)%F x) by
    (apply derivable_continuous_pt; exists (b - a); now apply derivable_pt_lim_minus).
  destruct (c ((v x - u x) / 2)) as [r [g near]]; [lra|]. exists r. split; [exact g|]. intros y small.
  destruct (Req_dec x y) as [<-|n]; [exact h|].
  assert (t : R_dist ((v - u)%F y) ((v - u)%F x) < (v x - u x) / 2) by (apply near; split; [split; [exact I | exact n] | exact small]).
  unfold R_dist, minus_fct in t. apply Rabs_def2 in t. lra.
Qed.
Lemma near_le u v x a b : derivable_pt_lim u x a -> derivable_pt_lim v x b -> u x < v x -> near x (fun y => u y <= v y).
Proof. intros p q h. apply (near_weak _ (fun y => u y < v y)); [intros; lra | now apply (near_lt u v x a b)]. Qed.
Lemma near_gt u v x a b : derivable_pt_lim u x a -> derivable_pt_lim v x b -> v x < u x -> near x (fun y => u y > v y).
Proof. intros p q h. apply (near_weak _ (fun y => v y < u y)); [intros; lra | now apply (near_lt v u x b a)]. Qed.
Lemma near_ge u v x a b : derivable_pt_lim u x a -> derivable_pt_lim v x b -> v x < u x -> near x (fun y => u y >= v y).
Proof. intros p q h. apply (near_weak _ (fun y => v y < u y)); [intros; lra | now apply (near_lt v u x b a)]. Qed.
Lemma near_not_lt u v x a b : derivable_pt_lim u x a -> derivable_pt_lim v x b -> v x < u x -> near x (fun y => ~ u y < v y).
Proof. intros p q h. apply (near_weak _ (fun y => v y < u y)); [intros; lra | now apply (near_lt v u x b a)]. Qed.
Lemma near_not_le u v x a b : derivable_pt_lim u x a -> derivable_pt_lim v x b -> v x < u x -> near x (fun y => ~ u y <= v y).
Proof. intros p q h. apply (near_weak _ (fun y => v y < u y)); [intros; lra | now apply (near_lt v u x b a)]. Qed.
Lemma near_not_gt u v x a b : derivable_pt_lim u x a -> derivable_pt_lim v x b -> u x < v x -> near x (fun y => ~ u y > v y).
Proof. intros p q h. apply (near_weak _ (fun y => u y < v y)); [intros; lra | now apply (near_lt u v x a b)]. Qed.
Lemma near_not_ge u v x a b : derivable_pt_lim u x a -> derivable_pt_lim v x b -> u x < v x -> near x (fun y => ~ u y >= v y).
Proof. intros p q h. apply (near_weak _ (fun y => u y < v y)); [intros; lra | now apply (near_lt u v x a b)]. Qed.
Lemma d_near f g x l : near x (fun y => f y = g y) -> derivable_pt_lim g x l -> derivable_pt_lim f x l.
Proof.
  intros [r [p e]] h eps q. destruct (h eps q) as [t near]. assert (m : 0 < Rmin r t) by (apply Rmin_glb_lt; [exact p | apply cond_pos]).
  exists (mkposreal _ m). cbn. intros s n small. rewrite !e.
  - apply near; [exact n|]. apply Rlt_le_trans with (Rmin r t); [exact small | apply Rmin_r].
  - replace (x - x) with 0 by ring. now rewrite Rabs_R0.
  - replace (x + s - x) with s by ring. apply Rlt_le_trans with (Rmin r t); [exact small | apply Rmin_l].
Qed.

(* The rules. *)
Lemma d_const c x : derivable_pt_lim (fun _ => c) x 0. Proof. apply derivable_pt_lim_const. Qed.
Lemma d_id x : derivable_pt_lim (fun y => y) x 1. Proof. apply derivable_pt_lim_id. Qed.
Lemma d_neg f x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => - f y) x (- a).
Proof. apply derivable_pt_lim_opp. Qed.
Lemma d_add f g x a b : derivable_pt_lim f x a -> derivable_pt_lim g x b -> derivable_pt_lim (fun y => f y + g y) x (a + b).
Proof. apply derivable_pt_lim_plus. Qed.
Lemma d_sub f g x a b : derivable_pt_lim f x a -> derivable_pt_lim g x b -> derivable_pt_lim (fun y => f y - g y) x (a - b).
Proof. apply derivable_pt_lim_minus. Qed.
Lemma d_mul f g x a b : derivable_pt_lim f x a -> derivable_pt_lim g x b ->
  derivable_pt_lim (fun y => f y * g y) x (a * g x + f x * b).
Proof. apply derivable_pt_lim_mult. Qed.
Lemma d_div f g x a b : derivable_pt_lim f x a -> derivable_pt_lim g x b -> g x <> 0 ->
  derivable_pt_lim (fun y => f y / g y) x ((a * g x - b * f x) / Rsqr (g x)).
Proof. intros. now apply derivable_pt_lim_div. Qed.
Lemma d_inv g x b : derivable_pt_lim g x b -> g x <> 0 -> derivable_pt_lim (fun y => / g y) x (- b / Rsqr (g x)).
Proof.
  intros h n. replace (- b / Rsqr (g x)) with ((0 * g x - b * 1) / Rsqr (g x)) by (unfold Rsqr; field; exact n).
  apply d_near with (fun y => 1 / g y); [exists 1; split; [lra | intros; unfold Rdiv; ring]|]. apply (d_div (fun _ => 1)); auto using d_const.
Qed.
Lemma d_inside f g x a b : derivable_pt_lim f (g x) a -> derivable_pt_lim g x b -> derivable_pt_lim (fun y => f (g y)) x (a * b).
Proof. intros. now apply (derivable_pt_lim_comp g f). Qed.
Lemma d_pow f n x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => f y ^ n) x (INR n * f x ^ pred n * a).
Proof. intros. apply (d_inside (fun y => y ^ n)); [apply derivable_pt_lim_pow | assumption]. Qed.
Lemma d_exp f x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => exp (f y)) x (exp (f x) * a).
Proof. apply d_inside, derivable_pt_lim_exp. Qed.
Lemma d_sin f x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => sin (f y)) x (cos (f x) * a).
Proof. apply d_inside, derivable_pt_lim_sin. Qed.
Lemma d_cos f x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => cos (f y)) x (- sin (f x) * a).
Proof. apply d_inside, derivable_pt_lim_cos. Qed.
Lemma d_sinh f x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => sinh (f y)) x (cosh (f x) * a).
Proof. apply d_inside, derivable_pt_lim_sinh. Qed.
Lemma d_cosh f x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => cosh (f y)) x (sinh (f x) * a).
Proof. apply d_inside, derivable_pt_lim_cosh. Qed.
Lemma d_ln f x a : derivable_pt_lim f x a -> 0 < f x -> derivable_pt_lim (fun y => ln (f y)) x (/ f x * a).
Proof. intros h p. apply (d_inside ln); [now apply derivable_pt_lim_ln | exact h]. Qed.
Lemma d_sqrt f x a : derivable_pt_lim f x a -> 0 < f x -> derivable_pt_lim (fun y => sqrt (f y)) x (/ (2 * sqrt (f x)) * a).
Proof. intros h p. apply (d_inside sqrt); [now apply derivable_pt_lim_sqrt | exact h]. Qed.
Lemma d_atan f x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => atan (f y)) x (/ (1 + f x ^ 2) * a).
Proof.
  intros h. apply (d_inside atan f x (/ (1 + f x ^ 2)) a); [|exact h].
  apply derivable_pt_lim_atan.
Qed.
Lemma cosh_positive x : 0 < cosh x. Proof. unfold cosh. generalize (exp_pos x) (exp_pos (- x)). lra. Qed.
Lemma d_tanh f x a : derivable_pt_lim f x a -> derivable_pt_lim (fun y => tanh (f y)) x ((1 - tanh (f x) ^ 2) * a).
Proof.
  intros h. apply (d_inside tanh f x (1 - tanh (f x) ^ 2) a); [|exact h]. assert (n : cosh (f x) <> 0) by (generalize (cosh_positive (f x)); lra).
  replace (1 - tanh (f x) ^ 2) with ((cosh (f x) * cosh (f x) - sinh (f x) * sinh (f x)) / Rsqr (cosh (f x)))
    by (unfold tanh, Rsqr; field; exact n).
  apply (derivable_pt_lim_div sinh cosh); [apply derivable_pt_lim_sinh | apply derivable_pt_lim_cosh | exact n].
Qed.
Lemma d_tan f x a : derivable_pt_lim f x a -> cos (f x) <> 0 -> derivable_pt_lim (fun y => tan (f y)) x ((1 + tan (f x) ^ 2) * a).
Proof.
  intros h n. apply (d_inside tan f x (1 + tan (f x) ^ 2) a); [|exact h].
  replace (1 + tan (f x) ^ 2) with ((cos (f x) * cos (f x) - (- sin (f x)) * sin (f x)) / Rsqr (cos (f x)))
    by (unfold tan, Rsqr; field; exact n).
  apply (derivable_pt_lim_div sin cos); [apply derivable_pt_lim_sin | apply derivable_pt_lim_cos | exact n].
Qed.
Lemma d_abs_pos f x a : derivable_pt_lim f x a -> 0 < f x -> derivable_pt_lim (fun y => Rabs (f y)) x a.
Proof.
  intros h p. apply d_near with f; [|exact h]. apply (near_weak _ (fun y => 0 < f y)).
  - intros. apply Rabs_right. lra.
  - apply (near_lt (fun _ => 0) f x 0 a); auto using d_const.
Qed.
Lemma d_abs_neg f x a : derivable_pt_lim f x a -> f x < 0 -> derivable_pt_lim (fun y => Rabs (f y)) x (- a).
Proof.
  intros h p. apply d_near with (fun y => - f y); [|now apply d_neg]. apply (near_weak _ (fun y => f y < 0)).
  - intros. now apply Rabs_left.
  - apply (near_lt f (fun _ => 0) x a 0); auto using d_const.
Qed.
Lemma d_sign sign f x a : is_sign sign -> derivable_pt_lim f x a -> f x <> 0 -> derivable_pt_lim (fun y => IZR (sign (f y))) x 0.
Proof.
  intros s h n. destruct (Rdichotomy _ _ n) as [p|p].
  - apply d_near with (fun _ => -1); [|apply d_const].
    apply (near_weak _ (fun y => f y < 0)); [intros y q; now rewrite (proj2 (proj2 (s (f y)))) by exact q|].
    apply (near_lt f (fun _ => 0) x a 0); auto using d_const.
  - apply d_near with (fun _ => 1); [|apply d_const].
    apply (near_weak _ (fun y => 0 < f y)); [intros y q; now rewrite (proj1 (s (f y))) by exact q|].
    apply (near_lt (fun _ => 0) f x 0 a); auto using d_const.
Qed.
Lemma d_erf erf f x a : is_erf erf -> derivable_pt_lim f x a ->
  derivable_pt_lim (fun y => erf (f y)) x (2 / sqrt PI * exp (- f x ^ 2) * a).
Proof. intros [_ e] h. now apply (d_inside erf). Qed.
Lemma d_power power f b x a : is_power power -> derivable_pt_lim f x a -> 0 < f x ->
  derivable_pt_lim (fun y => power (f y) b) x (b * power (f x) (b - 1) * a).
Proof.
  intros w h p. apply d_near with (fun y => Rpower (f y) b).
  - apply (near_weak _ (fun y => 0 < f y)); [intros; now apply w|]. apply (near_lt (fun _ => 0) f x 0 a); auto using d_const.
  - rewrite w by exact p. apply (d_inside (fun t => Rpower t b)); [now apply derivable_pt_lim_power | exact h].
Qed.
Lemma d_ite_true ite (P : R -> Prop) f g x l : is_ite ite -> near x P -> derivable_pt_lim f x l ->
  derivable_pt_lim (fun y => ite (P y) (f y) (g y)) x l.
Proof. intros i n. apply d_near. revert n. apply near_weak. intros y. apply i. Qed.
Lemma d_ite_false ite (P : R -> Prop) f g x l : is_ite ite -> near x (fun y => ~ P y) -> derivable_pt_lim g x l ->
  derivable_pt_lim (fun y => ite (P y) (f y) (g y)) x l.
Proof. intros i n. apply d_near. revert n. apply near_weak. intros y. apply i. Qed.
Lemma near_always x (P : Prop) : P -> near x (fun _ => P). Proof. intros. exists 1. split; [lra | auto]. Qed.
Lemma d_derivative derivative f x l : is_derivative derivative -> derivable_pt_lim f x l -> derivative f x = l.
Proof. intros h. apply h. Qed.

Lemma cos_atan_positive x : 0 < cos (atan x). Proof. apply cos_gt_0; generalize (atan_bound x); lra. Qed.
Ltac here := cbv beta; try apply cos_atan_positive; rewrite ?Rplus_0_r, ?Rplus_0_l; first [assumption | lra | sign 6%nat | solve [integers; lra]].
Ltac around :=
  lazymatch goal with
  | |- near _ (fun _ => ?P) => apply near_always; first [assumption | tauto | lra | solve [intro; lra] | integers; lra]
  | |- near _ (fun y => ~ (@?u y < @?v y)) => eapply (near_not_lt u v); [derive | derive | here]
  | |- near _ (fun y => ~ (@?u y <= @?v y)) => eapply (near_not_le u v); [derive | derive | here]
  | |- near _ (fun y => ~ (@?u y > @?v y)) => eapply (near_not_gt u v); [derive | derive | here]
  | |- near _ (fun y => ~ (@?u y >= @?v y)) => eapply (near_not_ge u v); [derive | derive | here]
  | |- near _ (fun y => @?u y < @?v y) => eapply (near_lt u v); [derive | derive | here]
  | |- near _ (fun y => @?u y <= @?v y) => eapply (near_le u v); [derive | derive | here]
  | |- near _ (fun y => @?u y > @?v y) => eapply (near_gt u v); [derive | derive | here]
  | |- near _ (fun y => @?u y >= @?v y) => eapply (near_ge u v); [derive | derive | here]
  end
with derive :=
  cbv beta;
  lazymatch goal with
  | |- derivable_pt_lim (fun _ => ?c) _ _ => apply (d_const c)
  | |- derivable_pt_lim (fun y => y) _ _ => apply d_id
  | |- derivable_pt_lim (fun y => - @?f y) _ _ => eapply (d_neg f); derive
  | |- derivable_pt_lim (fun y => @?f y + @?g y) _ _ => eapply (d_add f g); derive
  | |- derivable_pt_lim (fun y => @?f y - @?g y) _ _ => eapply (d_sub f g); derive
  | |- derivable_pt_lim (fun y => @?f y * @?g y) _ _ => eapply (d_mul f g); derive
  | |- derivable_pt_lim (fun y => @?f y / @?g y) _ _ => eapply (d_div f g); [derive | derive | here]
  | |- derivable_pt_lim (fun y => / @?f y) _ _ => eapply (d_inv f); [derive | here]
  | |- derivable_pt_lim (fun y => @?f y ^ ?n) _ _ => eapply (d_pow f n); derive
  | |- derivable_pt_lim (fun y => exp (@?f y)) _ _ => eapply (d_exp f); derive
  | |- derivable_pt_lim (fun y => ln (@?f y)) _ _ => eapply (d_ln f); [derive | here]
  | |- derivable_pt_lim (fun y => sqrt (@?f y)) _ _ => eapply (d_sqrt f); [derive | here]
  | |- derivable_pt_lim (fun y => sin (@?f y)) _ _ => eapply (d_sin f); derive
  | |- derivable_pt_lim (fun y => cos (@?f y)) _ _ => eapply (d_cos f); derive
  | |- derivable_pt_lim (fun y => tan (@?f y)) _ _ => eapply (d_tan f); [derive | here]
  | |- derivable_pt_lim (fun y => atan (@?f y)) _ _ => eapply (d_atan f); derive
  | |- derivable_pt_lim (fun y => sinh (@?f y)) _ _ => eapply (d_sinh f); derive
  | |- derivable_pt_lim (fun y => cosh (@?f y)) _ _ => eapply (d_cosh f); derive
  | |- derivable_pt_lim (fun y => tanh (@?f y)) _ _ => eapply (d_tanh f); derive
  | |- derivable_pt_lim (fun y => Rabs (@?f y)) _ _ => first [eapply (d_abs_neg f); [derive | here] | eapply (d_abs_pos f); [derive | here]]
  | |- derivable_pt_lim (fun y => ?g (@?P y) (@?f y) (@?h y)) _ _ =>
    first [eapply (d_ite_true g P f h); [assumption | around | derive] | eapply (d_ite_false g P f h); [assumption | around | derive]]
  | |- derivable_pt_lim (fun y => ?g (@?f y) ?b) _ _ => eapply (d_power g f b); [assumption | derive | here]
  | |- derivable_pt_lim (fun y => IZR (?g (@?f y))) _ _ => eapply (d_sign g f); [assumption | derive | here]
  | |- derivable_pt_lim (fun y => ?g (@?f y)) _ _ => eapply (d_erf g f); [assumption | derive]
  end.

(* Choices by a condition that does not speak of the variable. *)
Ltac cases :=
  repeat match goal with
  | i : is_ite ?g |- context [?g ?P _ _] =>
    lazymatch goal with
    | _ : P |- _ => fail
    | _ : ~ P |- _ => fail
    | _ => let e := fresh in destruct (classic P) as [e|e]; try absurd
    end
  end.
Ltac signed :=
  repeat match goal with
  | s : is_sign ?g |- context [?g ?u] => first
    [rewrite !(proj1 (s u)) by here | rewrite !(proj2 (proj2 (s u))) by here | rewrite !(proj1 (proj2 (s u))) by here]
  | |- context [Rabs ?u] => first [rewrite !(Rabs_left u) by here | rewrite !(Rabs_right u) by (apply Rle_ge; here)]
  end.
Ltac plain := cbv beta; unfold Rsqr; cbn [INR Nat.pred]; rewrite ?Rplus_0_r, ?Rplus_0_l.
Ltac equal := plain; first [reflexivity | identity | solve [signed; identity] | solve [choose; signed; identity] | solve [expand]].
Ltac by_definition equal :=
  cases;
  lazymatch goal with
  | |- forall e : R, e > 0 -> exists d : R, d > 0 /\ (forall s : R, Rabs s <= d -> Rabs (@?f s - ?v - ?l * s) <= e * Rabs s) =>
    eapply (definition f v l); [derive | equal | equal]
  | |- exists d : R, d > 0 /\ (forall s : R, Rabs s <= d -> Rabs (@?f s - ?v - ?l * s) <= ?e * Rabs s) =>
    eapply (definition f v l); [derive | equal | equal | here]
  end.
Ltac differentiated equal :=
  cases; repeat match goal with
  | h : is_derivative ?d |- context [?d ?f ?x] => let e := fresh in eassert (e : d f x = _) by (apply h; derive); rewrite e; clear e
  end; equal.

(* Smallest and largest values. *)
Ltac inside := first [assumption | lra | sign 3%nat].
Ltac all_members :=
  match goal with
  | m : is_minover ?g |- context [?g ?low ?high ?f] =>
    let i := fresh in let r := fresh in let e := fresh in destruct (proj2 (m low high f)) as [i [r e]]; [inside | rewrite e; cbv beta; apply_any]
  | m : is_maxover ?g |- context [?g ?low ?high ?f] =>
    let i := fresh in let r := fresh in let e := fresh in destruct (proj2 (m low high f)) as [i [r e]]; [inside | rewrite e; cbv beta; apply_any]
  end.
Ltac extremal :=
  lazymatch goal with
  | |- exists _, _ =>
    match goal with
    | m : is_minover ?g |- context [?g ?low ?high ?f] => let i := fresh in let r := fresh in let e := fresh in
      destruct (proj2 (m low high f)) as [i [r e]]; [inside | exists i; destruct r; repeat split; first [assumption | symmetry; assumption | lra]]
    | m : is_maxover ?g |- context [?g ?low ?high ?f] => let i := fresh in let r := fresh in let e := fresh in
      destruct (proj2 (m low high f)) as [i [r e]]; [inside | exists i; destruct r; repeat split; first [assumption | symmetry; assumption | lra]]
    end
  | |- _ >= _ => apply Rle_ge; extremal
  | |- _ > _ => apply Rlt_gt; extremal
  | |- _ => first
    [ match goal with
      | m : is_minover ?g |- ?g ?low ?high ?f <= _ => refine (proj1 (m low high f) _ _); inside
      | m : is_maxover ?g |- _ <= ?g ?low ?high ?f => refine (proj1 (m low high f) _ _); inside
      end
    | solve [all_members]
    | solve [split_abs; first [lra | apply_any]] ]
  end.

(* Exponentials and logarithms. *)
Lemma exp_times n a : exp (INR n * a) = exp a ^ n.
Proof.
  induction n as [|n IH]; [cbn [INR pow]; now rewrite Rmult_0_l, exp_0|].
  rewrite S_INR, Rmult_plus_distr_r, Rmult_1_l, exp_plus, IH. cbn [pow]. ring.
Qed.
Lemma exp_of_ln n a p : INR n * a = ln p -> 0 < p -> exp a ^ n = p.
Proof. intros e h. rewrite <- exp_times, e. now apply exp_ln. Qed.
Lemma ln_positive p : 1 < p -> 0 < ln p. Proof. intros. rewrite <- ln_1. apply ln_increasing; lra. Qed.
Lemma ln_negative p : 0 < p < 1 -> ln p < 0. Proof. intros. rewrite <- ln_1. apply ln_increasing; lra. Qed.
Lemma exp_of_root k a p r : (0 < k)%nat -> 0 < r -> r ^ k = p -> INR k * a = ln p -> exp a = r.
Proof.
  intros n h <- e. rewrite ln_pow in e by exact h. apply Rmult_eq_reg_l in e; [rewrite e; now apply exp_ln|].
  apply not_0_INR. lia.
Qed.
Ltac one_exponential :=
  rewrite <- ?exp_times, <- ?exp_Ropp; rewrite <- ?exp_plus; f_equal; cbn [INR];
  rewrite ?plus_IZR, ?minus_IZR, ?mult_IZR, ?opp_IZR; first [ring | lra | solve [field; conditions]].
Lemma Rpower_less a b : 0 < a -> Rpower a (b - 1) = Rpower a b * / a.
Proof. intros h. unfold Rminus. rewrite Rpower_plus, Rpower_Ropp, Rpower_1 by exact h. reflexivity. Qed.
Ltac powers :=
  lazymatch goal with
  | _ : is_power _ |- _ =>
    repeat match goal with h : is_power ?g |- context [?g ?a ?b] => rewrite (h a b) by here end;
    rewrite ?plus_IZR, ?minus_IZR, ?mult_IZR, ?opp_IZR; rewrite ?Rpower_plus; rewrite ?Rpower_less, ?Rpower_1 by here;
    unfold Rpower; rewrite ?ln_1, ?Rmult_0_r, ?exp_0
  | _ => idtac
  end.
Lemma cos_atan_square u : cos (atan u) ^ 2 = / (1 + u ^ 2).
Proof.
  rewrite cos_atan. assert (m : 0 <= u ^ 2) by apply pow2_ge_0. unfold Rsqr. replace (u * u) with (u ^ 2) by ring.
  replace ((1 / sqrt (1 + u ^ 2)) ^ 2) with (/ (sqrt (1 + u ^ 2) ^ 2)) by (field; apply Rgt_not_eq, sqrt_lt_R0; lra).
  rewrite pow2_sqrt; [reflexivity | lra].
Qed.
Lemma sin_of_atan u : sin (atan u) = u * cos (atan u).
Proof. rewrite sin_atan, cos_atan. unfold Rdiv. ring. Qed.
Lemma atan_sqrt_3 : atan (sqrt 3) = PI / 3.
Proof. rewrite <- tan_PI3. apply atan_tan. generalize PI_RGT_0. lra. Qed.
Ltac trigonometric :=
  repeat match goal with
  | h : is_erf ?g |- context [?g ?u] => replace u with 0 by (field; conditions); rewrite (proj1 h)
  end;
  rewrite ?atan_0, ?atan_1, ?atan_sqrt_3; rewrite ?Rmult_1_l; rewrite ?sin_2a, ?cos_2a; rewrite ?sin_plus, ?cos_plus, ?sin_PI2, ?cos_PI2;
  rewrite ?sin_of_atan;
  repeat match goal with
  | |- context [cos (atan ?u)] => lazymatch goal with
    | _ : cos (atan u) ^ 2 = _ |- _ => fail
    | _ => let e := fresh in let c := fresh in assert (e := cos_atan_square u);
      assert (c : cos (atan u) ^ 4 = (/ (1 + u ^ 2)) ^ 2) by (rewrite <- e; ring)
    end
  end.
Ltac by_root :=
  pose proof PI_RGT_0;
  match goal with
  | |- context [sqrt ?a] => let e := fresh in assert (e : sqrt a ^ 2 = a) by (apply pow2_sqrt; here); solve [field [e]; conditions]
  end.

(* Standard bounds. *)
Lemma exp_above a : exp a >= 1 + a. Proof. apply Rle_ge, exp_ineq1_le. Qed.
Lemma exp_below a : exp a * (1 - a) <= 1.
Proof.
  apply Rle_trans with (exp a * exp (- a)).
  - apply Rmult_le_compat_l; [left; apply exp_pos | generalize (exp_ineq1_le (- a)); lra].
  - rewrite exp_Ropp, Rinv_r; [lra | generalize (exp_pos a); lra].
Qed.
Lemma ln_below a : 0 < a -> ln a <= a - 1.
Proof. intros h. generalize (exp_ineq1_le (ln a)). rewrite exp_ln by exact h. lra. Qed.
Lemma ln_over a : 0 < a -> ln a >= 1 - 1 / a.
Proof.
  intros h. generalize (ln_below (/ a) (Rinv_0_lt_compat _ h)). rewrite ln_Rinv by exact h. unfold Rdiv. lra.
Qed.
Lemma atan_high a : atan a < PI / 2. Proof. apply atan_bound. Qed.
Lemma atan_low a : - PI / 2 < atan a. Proof. generalize (atan_bound a). lra. Qed.
Lemma decreasing_from_0 f d : f 0 = 0 -> (forall x, derivable_pt_lim f x (d x)) -> (forall x, d x <= 0) ->
  forall x, 0 <= x -> f x <= 0.
Proof.
  intros z p q x h. destruct h as [h|<-]; [|lra].
  destruct (MVT_cor2 f d 0 x h) as [c [e _]]; [intros; apply p|]. assert (t := q c). rewrite z in e. nra.
Qed.
Lemma atan_below a : 0 <= a -> atan a <= a.
Proof.
  intros h. assert (t : atan a - a <= 0); [|lra].
  apply (decreasing_from_0 (fun x => atan x - x) (fun x => / (1 + x ^ 2) - 1)); [rewrite atan_0; ring | | | exact h].
  - intros x. apply (d_sub atan (fun y => y)); [apply derivable_pt_lim_atan | apply d_id].
  - intros x. assert (m : 0 <= x ^ 2) by apply pow2_ge_0. apply Rle_minus. rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
Qed.
Lemma atan_not_negative a : 0 <= a -> 0 <= atan a.
Proof. intros [h|<-]; [|rewrite atan_0; lra]. rewrite <- atan_0. left. now apply atan_increasing. Qed.
Lemma atan_taylor_below a : 0 <= a -> a - a ^ 3 / 3 + a ^ 5 / 5 - a ^ 7 / 7 <= atan a.
Proof.
  intros h. assert (t : a - a ^ 3 / 3 + a ^ 5 / 5 - a ^ 7 / 7 - atan a <= 0); [|lra].
  apply (decreasing_from_0 (fun x => x - x ^ 3 / 3 + x ^ 5 / 5 - x ^ 7 / 7 - atan x) (fun x => - (x ^ 8 / (1 + x ^ 2)))); [rewrite atan_0; field | | | exact h].
  - intros x. assert (m : 0 <= x ^ 2) by apply pow2_ge_0. eapply eq_rect; [derive|]. unfold Rsqr. cbn [INR Nat.pred]. field. lra.
  - intros x. assert (m : 0 <= x ^ 2) by apply pow2_ge_0. assert (0 <= x ^ 8 / (1 + x ^ 2)); [|lra].
    apply div_nonneg; [apply (even_nonneg x 4) | lra].
Qed.
Lemma atan_taylor_above a : 0 <= a -> atan a <= a - a ^ 3 / 3 + a ^ 5 / 5 - a ^ 7 / 7 + a ^ 9 / 9.
Proof.
  intros h. assert (t : atan a - (a - a ^ 3 / 3 + a ^ 5 / 5 - a ^ 7 / 7 + a ^ 9 / 9) <= 0); [|lra].
  apply (decreasing_from_0 (fun x => atan x - (x - x ^ 3 / 3 + x ^ 5 / 5 - x ^ 7 / 7 + x ^ 9 / 9)) (fun x => - (x ^ 10 / (1 + x ^ 2)))); [rewrite atan_0; field | | | exact h].
  - intros x. assert (m : 0 <= x ^ 2) by apply pow2_ge_0. eapply eq_rect; [derive|]. unfold Rsqr. cbn [INR Nat.pred]. field. lra.
  - intros x. assert (m : 0 <= x ^ 2) by apply pow2_ge_0. assert (0 <= x ^ 10 / (1 + x ^ 2)); [|lra].
    apply div_nonneg; [apply (even_nonneg x 5) | lra].
Qed.
Lemma PI_low : 333 / 106 < PI.
Proof. generalize Machin_4_5_239 (atan_taylor_below (/ 5) ltac:(lra)) (atan_taylor_above (/ 239) ltac:(lra)). lra. Qed.
Lemma PI_high : PI < 355 / 113.
Proof. generalize Machin_4_5_239 (atan_taylor_above (/ 5) ltac:(lra)) (atan_taylor_below (/ 239) ltac:(lra)). lra. Qed.
Lemma abs_square a : Rabs a ^ 2 = a ^ 2. Proof. apply pow2_abs. Qed.
Ltac bounded :=
  everywhere;
  repeat match goal with
  | |- context [exp ?a] => lazymatch goal with _ : 0 < exp a |- _ => fail | _ => pose proof (exp_pos a); pose proof (exp_above a); pose proof (exp_below a) end
  end;
  repeat match goal with
  | |- context [ln ?a] => lazymatch goal with _ : ln a <= _ |- _ => fail | _ => assert (ln a <= a - 1) by (apply ln_below; here); assert (ln a >= 1 - 1 / a) by (apply ln_over; here) end
  end;
  repeat match goal with
  | |- context [sin ?a] => lazymatch goal with _ : -1 <= sin a <= 1 |- _ => fail | _ => pose proof (SIN_bound a) end
  | |- context [cos ?a] => lazymatch goal with _ : -1 <= cos a <= 1 |- _ => fail | _ => pose proof (COS_bound a) end
  end;
  repeat match goal with
  | |- context [atan ?a] => lazymatch goal with
    | _ : atan a < PI / 2 |- _ => fail
    | _ => pose proof (atan_high a); pose proof (atan_low a); try (assert (0 <= atan a) by (apply atan_not_negative; here); assert (atan a <= a) by (apply atan_below; here))
    end
  end;
  generalize PI_low PI_high; intros; first [lra | apply abs_square | apply Rle_ge, cos_ge_0; here | apply Rle_ge; left; apply cos_gt_0; here | sign 6%nat].
